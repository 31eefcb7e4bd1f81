package io.rollcall.support.kafka;

import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * One record of a batch can never be processed. Throw it when everything before the
 * record has been applied: the record is set aside as a dead letter and the batch goes on
 * behind it. Never throw it for a failure that may pass.
 */
public final class BadRecordException extends BatchListenerFailedException {

	private final String reason;

	/**
	 * @param index the record's place in the batch
	 * @param reason what is wrong with it, for the person who will redrive or discard it
	 */
	public BadRecordException(int index, String reason) {
		super(reason, index);
		this.reason = reason;
	}

	/** What is wrong, without what Spring Kafka adds to the message. */
	String reason() {
		return this.reason;
	}

}
