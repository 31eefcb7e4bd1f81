package io.rollcall.support.kafka;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import reactor.core.publisher.Mono;

/**
 * What a service does when records of a topic were deleted before it had read them.
 * Bindings find the bean of their topic.
 */
public interface AfterLoss {

	/** The topic that it is for. */
	String topic();

	/** What the loss means and what happens now, for the log: whole sentences. */
	String meaning();

	/**
	 * Makes up for the loss. The partition rests, and nothing of it is committed, until
	 * this has ended well; when it fails, or the process dies, it is asked again, so it
	 * must be harmless twice.
	 * @param reader who reads the partition, to fence whoever has lost it
	 */
	default Mono<Void> recover(LostRecords lost, ConsumerGroupMetadata reader) {
		return Mono.empty();
	}

	/** Where nothing can be done but to say so. */
	static AfterLoss saying(String topic, String meaning) {
		return new AfterLoss() {

			@Override
			public String topic() {
				return topic;
			}

			@Override
			public String meaning() {
				return meaning;
			}

		};
	}

}
