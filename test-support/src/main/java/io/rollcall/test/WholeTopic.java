package io.rollcall.test;

import java.time.Duration;
import java.util.List;

import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Lets a consumer read all partitions of a topic from their beginning. */
public final class WholeTopic {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private WholeTopic() {
	}

	/**
	 * Assigns them once they are there: a service that has just started may not have made
	 * its topics yet.
	 */
	public static void assign(Consumer<?, ?> consumer, String topic) {
		List<TopicPartition> partitions = Awaitility.await(topic)
			.atMost(LONGEST)
			.until(() -> consumer.partitionsFor(topic), (there) -> there.size() == Topics.PARTITIONS)
			.stream()
			.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
			.toList();
		consumer.assign(partitions);
		consumer.seekToBeginning(partitions);
	}

}
