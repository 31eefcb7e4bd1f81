package io.rollcall.reconciler.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.reconciler.flow.coordinate.Coordinator;
import io.rollcall.reconciler.flow.coordinate.Position;
import io.rollcall.reconciler.flow.coordinate.Coordinations.Known;
import io.rollcall.reconciler.flow.coordinate.Coordinations.Told;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.LostRecords;
import io.rollcall.support.kafka.Received;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Stores what is told of connections, and says whose they are. Nothing that takes long is
 * done in a poll.
 */
public final class ProgressConsumer
		implements BatchConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

	/** The coordinator's consumer group. */
	public static final String GROUP = "rollcall-coordinator";

	private final Coordinator coordinator;

	private final KafkaAdmin admin;

	/** Asked at each assignment: a topic does not change under a consumer. */
	private volatile String topic = "";

	public ProgressConsumer(Coordinator coordinator, KafkaAdmin admin) {
		this.coordinator = coordinator;
		this.admin = admin;
	}

	/** Has it read, as soon as containers are started. */
	public void join(ListenerContainers containers) {
		containers.create(GROUP, List.of(Topics.PROGRESS), 1, Map.of(), this, this);
	}

	/** What stands before a bad record is committed with it, by whoever sets it aside. */
	@Override
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
		String topic = this.topic;
		Received.deal(Received.all(records), (_) -> true, Progress.class,
				(events) -> this.coordinator.received(events.stream().map((it) -> told(it, topic)).toList()));
		Objects.requireNonNull(consumer).commitSync();
	}

	private static Told told(Received.Good<Progress> it, String topic) {
		Progress event = it.event();
		return new Told(new Known(event.connection(), event.organization(), it.record().partition()),
				new Position(topic, it.record().offset()), event);
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.topic = topicId();
		this.coordinator.assigned(numbers(partitions));
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.coordinator.revoked(numbers(partitions));
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.coordinator.revoked(numbers(partitions));
	}

	/** What was told was deleted before it was read here. */
	public void lost(LostRecords lost) {
		this.coordinator.lost(lost.partition(), new Position(topicId(), lost.to() - 1));
	}

	private static List<Integer> numbers(Collection<TopicPartition> partitions) {
		return partitions.stream().map(TopicPartition::partition).toList();
	}

	/** A topic that was made anew has another one, and offsets that begin anew. */
	private String topicId() {
		return Objects.requireNonNull(this.admin.describeTopics(Topics.PROGRESS).get(Topics.PROGRESS))
			.topicId()
			.toString();
	}

}
