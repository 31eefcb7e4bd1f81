package io.rollcall.support.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * The partitions whose next record fails now, with since when and why. What fails for
 * longer than a minute is stuck: nothing behind it is applied until somebody looks. The
 * service is degraded then and stays ready: its other partitions go on, and another
 * instance would be stuck there too.
 */
final class FailingPartitions implements HealthIndicator {

	private static final Duration STUCK_AFTER = Duration.ofMinutes(1);

	private final Map<Consumer<?, ?>, Map<TopicPartition, Failing>> failing = new ConcurrentHashMap<>();

	private final InstantSource clock;

	FailingPartitions(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up();
		stuck().forEach((stuck) -> health.status("DEGRADED")
			.withDetail(stuck.group + ":" + stuck.topic + "-" + stuck.partition, stuck));
		return health.build();
	}

	/** Those that have been failing for more than a minute. */
	List<Failing> stuck() {
		return this.failing.values()
			.stream()
			.flatMap((ofConsumer) -> ofConsumer.values().stream())
			.filter(this::isStuck)
			.toList();
	}

	boolean isStuck(Failing failing) {
		return failing.stuckSince().plus(STUCK_AFTER).isBefore(this.clock.instant());
	}

	/**
	 * Notes that records failed, to be delivered again from the first one of each
	 * partition.
	 * @return the one that has failed most often in a row
	 */
	Failing failed(String group, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer, String reason) {
		Instant now = this.clock.instant();
		Map<TopicPartition, Failing> ofConsumer = this.failing.computeIfAbsent(consumer,
				(first) -> new ConcurrentHashMap<>());
		return records.partitions()
			.stream()
			.map((partition) -> ofConsumer.merge(partition,
					new Failing(group, partition.topic(), partition.partition(),
							records.records(partition).getFirst().offset(), now, 1, reason),
					Failing::again))
			.max(Comparator.comparingInt(Failing::attempts))
			.orElseThrow();
	}

	/** Has a container's partitions forgotten once they are past what failed, or gone. */
	<K, V> void watch(AbstractMessageListenerContainer<K, V> container) {
		container.setBatchInterceptor(new BatchInterceptor<>() {

			@Override
			public void setupThreadState(Consumer<?, ?> consumer) {
				FailingPartitions.this.failing.getOrDefault(consumer, Map.of())
					.entrySet()
					.removeIf((entry) -> isPast(entry.getKey(), entry.getValue().offset(), consumer));
			}

			@Override
			public ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
				return records;
			}

		});
	}

	private static boolean isPast(TopicPartition partition, long offset, Consumer<?, ?> consumer) {
		try {
			return !consumer.assignment().contains(partition) || consumer.position(partition, Duration.ZERO) > offset;
		}
		catch (KafkaException ex) {
			// The position is not known yet: asked again before the next poll.
			return false;
		}
	}

	/**
	 * A partition that fails, as people look at it.
	 *
	 * @param offset where it is read again from
	 * @param stuckSince when it failed there for the first time
	 */
	record Failing(String group, String topic, int partition, long offset, Instant stuckSince, int attempts,
			String reason) {

		private Failing again(Failing now) {
			return (now.offset != this.offset) ? now : new Failing(this.group, this.topic, this.partition, this.offset,
					this.stuckSince, this.attempts + 1, now.reason);
		}

	}

}
