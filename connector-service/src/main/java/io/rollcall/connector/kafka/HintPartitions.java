package io.rollcall.connector.kafka;

import java.util.Collection;
import java.util.List;

import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

import org.springframework.cloud.stream.binder.kafka.KafkaBindingRebalanceListener;

/** Tells the flow which hint partitions, and so which connections, are ours. */
final class HintPartitions implements KafkaBindingRebalanceListener {

	private final Ownership ownership;

	HintPartitions(Ownership ownership) {
		this.ownership = ownership;
	}

	@Override
	public void onPartitionsAssigned(String binding, Consumer<?, ?> consumer, Collection<TopicPartition> partitions,
			boolean initial) {
		this.ownership.assigned(hints(partitions));
	}

	@Override
	public void onPartitionsRevokedAfterCommit(String binding, Consumer<?, ?> consumer,
			Collection<TopicPartition> partitions) {
		this.ownership.revoked(hints(partitions));
	}

	private static List<Integer> hints(Collection<TopicPartition> partitions) {
		return partitions.stream()
			.filter((partition) -> partition.topic().equals(Topics.HINTS))
			.map(TopicPartition::partition)
			.toList();
	}

}
