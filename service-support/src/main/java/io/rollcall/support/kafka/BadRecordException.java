package io.rollcall.support.kafka;

import io.rollcall.model.run.Problem;

import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * One record of a batch can never be processed. Throw it when everything before the
 * record has been applied: the record is set aside as a dead letter and the batch goes on
 * behind it. Never throw it for a failure that may pass.
 */
public final class BadRecordException extends BatchListenerFailedException {

	private final transient Problem problem;

	/**
	 * @param index the record's place in the batch
	 * @param problem what is wrong with it, for the person who will redrive or discard it
	 */
	public BadRecordException(int index, Problem problem) {
		super(problem.code() + " " + problem.parameters(), index);
		this.problem = problem;
	}

	Problem problem() {
		return this.problem;
	}

}
