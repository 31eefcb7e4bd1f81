package io.rollcall.support.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of one consumer, on its own thread: where it reads on in each, and which
 * rest. A partition rests until it is known that nothing of it was lost, or until the
 * service has made up for what was.
 */
final class WatchedPartitions {

	private static final Logger log = LoggerFactory.getLogger(WatchedPartitions.class);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	private final String group;

	private final AfterLoss afterLoss;

	private final FailingPartitions failing;

	private final InstantSource clock;

	private final Map<TopicPartition, Long> next = new HashMap<>();

	private final Set<TopicPartition> polled = new HashSet<>();

	private final Set<TopicPartition> unchecked = new HashSet<>();

	private final Map<TopicPartition, Recovery> recoveries = new LinkedHashMap<>();

	private int failedChecks;

	private Instant checkAgainAt = Instant.MIN;

	WatchedPartitions(String group, AfterLoss afterLoss, FailingPartitions failing, InstantSource clock) {
		this.group = group;
		this.afterLoss = afterLoss;
		this.failing = failing;
		this.clock = clock;
	}

	/** Nothing of them is read before they are checked. */
	void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.unchecked.addAll(partitions);
		this.checkAgainAt = Instant.MIN;
		settle(consumer);
	}

	/** Somebody else reads them now, and notices for itself what is lost. */
	void gone(Collection<TopicPartition> partitions) {
		this.next.keySet().removeAll(partitions);
		this.polled.removeAll(partitions);
		this.unchecked.removeAll(partitions);
		this.recoveries.keySet().removeAll(partitions);
	}

	/**
	 * Notes where each partition is read on: wherever its last batch, well or badly
	 * ended, has left it.
	 */
	void beforePoll(Consumer<?, ?> consumer) {
		for (TopicPartition partition : this.polled) {
			try {
				this.next.put(partition, consumer.position(partition, Duration.ZERO));
			}
			catch (KafkaException | IllegalStateException ex) {
				this.next.remove(partition);
			}
		}
		this.polled.clear();
		if (isAnythingOpen()) {
			settle(consumer);
		}
	}

	/**
	 * A batch that begins behind where its partition was to be read on: the client may
	 * have gone to the start of a log that no longer has what comes next.
	 */
	void check(Consumer<?, ?> consumer, ConsumerRecords<?, ?> records) {
		Set<TopicPartition> behind = records.partitions()
			.stream()
			.filter((partition) -> first(records, partition) > next(partition))
			.collect(Collectors.toSet());
		if (!behind.isEmpty()) {
			Map<TopicPartition, Long> starts = consumer.beginningOffsets(behind, ANSWER);
			// Compaction and transactions leave gaps too, behind the start of the log.
			behind.removeIf((partition) -> starts.getOrDefault(partition, 0L) <= next(partition));
			behind.forEach((partition) -> lost(partition, next(partition), first(records, partition)));
		}
		// Not before: what could not be checked is noticed again.
		this.polled.addAll(records.partitions());
		if (!behind.isEmpty()) {
			settle(consumer);
			throw new IllegalStateException("records of %s were deleted before this batch".formatted(behind));
		}
	}

	private void settle(Consumer<?, ?> consumer) {
		Set<TopicPartition> before = open();
		try {
			if (!this.unchecked.isEmpty() && !this.clock.instant().isBefore(this.checkAgainAt)) {
				check(consumer);
			}
			this.recoveries.values().removeIf((recovery) -> recovery.ends(consumer));
		}
		catch (WakeupException ex) {
			// It was for the poll: the container wants to stop.
			consumer.wakeup();
		}
		catch (KafkaException ex) {
			this.checkAgainAt = this.clock.instant().plusMillis(Pauses.millisAfter(++this.failedChecks));
			FailureLog.failed(log, this.failedChecks,
					"Seeing whether records of %s were lost to group %s".formatted(this.unchecked, this.group), ex);
		}
		consumer.pause(open());
		before.removeAll(open());
		consumer.resume(before);
	}

	private void check(Consumer<?, ?> consumer) {
		Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(this.unchecked, ANSWER);
		Map<TopicPartition, Long> starts = consumer.beginningOffsets(this.unchecked, ANSWER);
		for (TopicPartition partition : this.unchecked) {
			OffsetAndMetadata last = committed.get(partition);
			// A group that has committed nothing has read nothing; a commit that nobody
			// renews is forgotten after a week.
			long from = (last != null) ? last.offset() : 0;
			long start = starts.getOrDefault(partition, 0L);
			this.next.put(partition, Math.max(from, start));
			if (from < start) {
				lost(partition, from, start);
			}
		}
		this.unchecked.clear();
		this.failedChecks = 0;
	}

	private void lost(TopicPartition partition, long from, long to) {
		LostRecords lost = new LostRecords(this.group, partition.topic(), partition.partition(), from, to,
				this.clock.instant());
		log.error("{} offsets of {} were deleted before group {} had read them. {}", lost.count(), lost, this.group,
				this.afterLoss.meaning());
		this.recoveries.put(partition, new Recovery(lost, this.afterLoss, this.failing, this.clock));
	}

	private boolean isAnythingOpen() {
		return !this.unchecked.isEmpty() || !this.recoveries.isEmpty();
	}

	private Set<TopicPartition> open() {
		Set<TopicPartition> open = new HashSet<>(this.unchecked);
		open.addAll(this.recoveries.keySet());
		return open;
	}

	private long next(TopicPartition partition) {
		return this.next.getOrDefault(partition, Long.MAX_VALUE);
	}

	private static long first(ConsumerRecords<?, ?> records, TopicPartition partition) {
		return records.records(partition).getFirst().offset();
	}

}
