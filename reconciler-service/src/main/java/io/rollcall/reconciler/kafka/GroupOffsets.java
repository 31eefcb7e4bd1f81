package io.rollcall.reconciler.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.apply.CommittedOffsets;
import io.rollcall.reconciler.flow.apply.Origin;
import io.rollcall.reconciler.flow.apply.Unavailable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the group has committed: of the partitions that this instance has it is known,
 * of others the brokers are asked. Topics are known by their ids, which change when a
 * topic is made anew.
 */
public final class GroupOffsets implements CommittedOffsets {

	static final String GROUP = "rollcall-reconciler";

	private static final long ANSWER_SECONDS = 10;

	private final Admin admin;

	private final Map<TopicPartition, Long> ours = new ConcurrentHashMap<>();

	private volatile Map<String, String> idsByTopic = Map.of();

	public GroupOffsets(Admin admin) {
		this.admin = admin;
	}

	@Override
	public boolean isPast(Origin origin) {
		for (Map.Entry<String, String> topic : this.idsByTopic.entrySet()) {
			if (topic.getValue().equals(origin.topic())) {
				return origin.offset() < committed(new TopicPartition(topic.getKey(), origin.partition()));
			}
		}
		return true;
	}

	/** The id of a topic. */
	String idOf(String topic) {
		String id = this.idsByTopic.get(topic);
		if (id == null) {
			throw new IllegalStateException("no partition of " + topic + " was assigned yet");
		}
		return id;
	}

	/** Where partitions begin that this instance has now. */
	void assigned(Map<TopicPartition, @Nullable OffsetAndMetadata> committed) {
		Map<String, String> ids = new ConcurrentHashMap<>();
		ask(this.admin.describeTopics(Set.of(Topics.OBSERVATIONS, Topics.SNAPSHOTS)).allTopicNames())
			.forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
		this.idsByTopic = Map.copyOf(ids);
		committed.forEach((partition, offset) -> this.ours.put(partition, (offset != null) ? offset.offset() : 0));
	}

	void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
		offsets.forEach((partition, offset) -> this.ours.put(partition, offset.offset()));
	}

	void gone(Collection<TopicPartition> partitions) {
		this.ours.keySet().removeAll(partitions);
	}

	private long committed(TopicPartition partition) {
		Long known = this.ours.get(partition);
		if (known != null) {
			return known;
		}
		OffsetAndMetadata offset = ask(this.admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata(GROUP))
			.get(partition);
		return (offset != null) ? offset.offset() : 0;
	}

	private static <T> T ask(KafkaFuture<T> answer) {
		try {
			return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new Unavailable("Kafka does not answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Unavailable("interrupted while Kafka was asked", ex);
		}
	}

}
