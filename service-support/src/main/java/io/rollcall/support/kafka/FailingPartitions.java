package io.rollcall.support.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
public final class FailingPartitions implements HealthIndicator {

	static final Duration STUCK_AFTER = Duration.ofMinutes(1);

	private static final Logger log = LoggerFactory.getLogger(FailingPartitions.class);

	private final Map<Place, Failing> failing = new ConcurrentHashMap<>();

	private final InstantSource clock;

	public FailingPartitions(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up();
		for (Failing stuck : stuck()) {
			Map<String, Object> detail = new LinkedHashMap<>();
			detail.put("group", stuck.place().group());
			detail.put("topic", stuck.place().partition().topic());
			detail.put("partition", stuck.place().partition().partition());
			detail.put("offset", stuck.offset());
			detail.put("stuckSince", stuck.since().toString());
			detail.put("attempts", stuck.attempts());
			detail.put("reason", stuck.reason());
			health.status("DEGRADED").withDetail(stuck.place().group() + ":" + stuck.place().partition(), detail);
		}
		return health.build();
	}

	/** Those that have been failing for more than a minute. */
	List<Failing> stuck() {
		return this.failing.values().stream().filter(this::isStuck).toList();
	}

	/**
	 * Notes that records failed, to be delivered again from the first one of each
	 * partition.
	 * @return how many times in a row the first of them has failed
	 */
	int failed(String group, Iterable<? extends ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer, String reason) {
		int attempts = 1;
		Map<TopicPartition, Long> first = new LinkedHashMap<>();
		records.forEach(
				(record) -> first.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset()));
		for (Map.Entry<TopicPartition, Long> entry : first.entrySet()) {
			Failing now = this.failing.compute(new Place(group, entry.getKey()),
					(place, before) -> again(place, before, entry.getValue(), consumer, reason));
			attempts = Math.max(attempts, now.attempts());
		}
		return attempts;
	}

	/** Has a container's partitions forgotten once they are past what failed, or gone. */
	<K, V> void watch(AbstractMessageListenerContainer<K, V> container, String group) {
		container.setBatchInterceptor(new BatchInterceptor<>() {

			@Override
			public void setupThreadState(Consumer<?, ?> consumer) {
				beforePoll(group, consumer);
			}

			@Override
			public ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
				return records;
			}

		});
	}

	private Failing again(Place place, @Nullable Failing before, long offset, Consumer<?, ?> consumer, String reason) {
		Instant now = this.clock.instant();
		if (before == null || before.offset() != offset) {
			return new Failing(place, offset, consumer, now, 1, reason, false);
		}
		Failing next = new Failing(place, offset, consumer, before.since(), before.attempts() + 1, reason,
				before.told());
		if (!next.told() && isStuck(next)) {
			log.error("{} of group {} is stuck at offset {} since {}: {}. Nothing behind it is applied until this is "
					+ "repaired", place.partition(), place.group(), offset, next.since(), reason);
			return next.asTold();
		}
		return next;
	}

	private void beforePoll(String group, Consumer<?, ?> consumer) {
		this.failing.values()
			.removeIf((entry) -> entry.place().group().equals(group) && entry.consumer() == consumer
					&& isBehind(entry, consumer));
	}

	private static boolean isBehind(Failing entry, Consumer<?, ?> consumer) {
		TopicPartition partition = entry.place().partition();
		if (!consumer.assignment().contains(partition)) {
			return true;
		}
		try {
			return consumer.position(partition, Duration.ZERO) > entry.offset();
		}
		catch (KafkaException ex) {
			// The position is not known yet: asked again before the next poll.
			return false;
		}
	}

	private boolean isStuck(Failing entry) {
		return entry.since().plus(STUCK_AFTER).isBefore(this.clock.instant());
	}

	/** A partition as a group reads it. */
	record Place(String group, TopicPartition partition) {
	}

	/**
	 * A partition that fails.
	 *
	 * @param offset where it is read again from
	 * @param told whether it was logged that it is stuck
	 */
	record Failing(Place place, long offset, Consumer<?, ?> consumer, Instant since, int attempts, String reason,
			boolean told) {

		private Failing asTold() {
			return new Failing(this.place, this.offset, this.consumer, this.since, this.attempts, this.reason, true);
		}

	}

}
