package io.rollcall.connector.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.rollcall.connector.flow.Lags;
import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The lag of the reconciler's group, from its committed offsets, and whether the topic of
 * hints grows; looked at a few times a second, however many runs ask. A partition of
 * which nothing is committed waits as a whole.
 */
final class KafkaLags implements Lags {

	private static final Logger log = LoggerFactory.getLogger(KafkaLags.class);

	private static final String GROUP = "rollcall-reconciler";

	private static final Duration FRESH = Duration.ofMillis(25);

	private static final Duration LONGEST = Duration.ofSeconds(2);

	/** Somebody who has just changed something will change something else. */
	private static final Duration HINTS_STAY = Duration.ofSeconds(10);

	/** How much a new measurement of the rate counts. */
	private static final double WEIGHT = 0.3;

	private final Admin admin;

	private final Mono<Lag> shared;

	private volatile @Nullable Sample last;

	private volatile @Nullable HintsSeen hints;

	private volatile boolean told;

	/** What was published after the last look; some of it may be in its lag too. */
	private final AtomicLong since = new AtomicLong();

	/**
	 * @param hints how many hints there ever were
	 */
	private record Offsets(Map<TopicPartition, ListOffsetsResultInfo> ends,
			Map<TopicPartition, ListOffsetsResultInfo> begins, long hints) {
	}

	/**
	 * How many hints there were at the last look, and until when they count.
	 */
	private record HintsSeen(long hints, long untilNanos) {
	}

	private record Sample(long nanos, long committed, double perSecond) {
	}

	/**
	 * Looks through the admin client.
	 * @param blocking where runs go on, as the client's only thread is not theirs
	 */
	KafkaLags(Admin admin, Scheduler blocking) {
		this.admin = admin;
		this.shared = Mono.defer(this::look).publishOn(blocking).cache(FRESH);
	}

	@Override
	public Mono<Lag> ofReconciler() {
		return this.shared.map((lag) -> lag.plus(this.since.get()));
	}

	@Override
	public void published(int records) {
		this.since.addAndGet(records);
	}

	private Mono<Lag> look() {
		this.since.set(0);
		return committed().flatMap((committed) -> offsets(committed).map((offsets) -> lag(committed, offsets)))
			.timeout(LONGEST)
			.doOnNext((_) -> this.told = false)
			.onErrorResume((ex) -> {
				if (!this.told) {
					this.told = true;
					log.warn("The lag of group {} cannot be read, bulk runs wait until it can: {}", GROUP,
							ex.toString());
				}
				return Mono.just(Lag.UNKNOWN);
			});
	}

	private Mono<Map<TopicPartition, OffsetAndMetadata>> committed() {
		return Mono.fromFuture(() -> this.admin.listConsumerGroupOffsets(GROUP)
			.partitionsToOffsetAndMetadata()
			.toCompletionStage()
			.toCompletableFuture());
	}

	/** Where each partition ends, and where it begins if nothing of it is committed. */
	private Mono<Offsets> offsets(Map<TopicPartition, OffsetAndMetadata> committed) {
		Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
		Map<TopicPartition, OffsetSpec> begins = new HashMap<>();
		for (int number = 0; number < Topics.PARTITIONS; number++) {
			TopicPartition partition = new TopicPartition(Topics.OBSERVATIONS, number);
			ends.put(partition, OffsetSpec.latest());
			ends.put(new TopicPartition(Topics.HINTS, number), OffsetSpec.latest());
			if (committed.get(partition) == null) {
				begins.put(partition, OffsetSpec.earliest());
			}
		}
		Mono<Map<TopicPartition, ListOffsetsResultInfo>> first = begins.isEmpty() ? Mono.just(Map.of()) : list(begins);
		return list(ends).zipWith(first, KafkaLags::offsets);
	}

	private static Offsets offsets(Map<TopicPartition, ListOffsetsResultInfo> ends,
			Map<TopicPartition, ListOffsetsResultInfo> begins) {
		Map<TopicPartition, ListOffsetsResultInfo> observations = new HashMap<>(ends);
		observations.keySet().removeIf((partition) -> partition.topic().equals(Topics.HINTS));
		long hints = ends.entrySet()
			.stream()
			.filter((end) -> end.getKey().topic().equals(Topics.HINTS))
			.mapToLong((end) -> end.getValue().offset())
			.sum();
		return new Offsets(observations, begins, hints);
	}

	private Mono<Map<TopicPartition, ListOffsetsResultInfo>> list(Map<TopicPartition, OffsetSpec> wanted) {
		return Mono.fromFuture(() -> this.admin.listOffsets(wanted).all().toCompletionStage().toCompletableFuture());
	}

	private Lag lag(Map<TopicPartition, OffsetAndMetadata> committed, Offsets offsets) {
		long records = 0;
		long done = 0;
		for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : offsets.ends().entrySet()) {
			OffsetAndMetadata offset = committed.get(end.getKey());
			ListOffsetsResultInfo begin = offsets.begins().get(end.getKey());
			long next = (offset != null) ? offset.offset() : (begin != null) ? begin.offset() : 0;
			done += next;
			records += Math.max(0, end.getValue().offset() - next);
		}
		Sample before = this.last;
		long now = System.nanoTime();
		double perSecond = (before != null) ? before.perSecond() : 0;
		if (before != null && done > before.committed()) {
			double measured = (done - before.committed()) * 1e9 / (now - before.nanos());
			perSecond = (perSecond > 0) ? WEIGHT * measured + (1 - WEIGHT) * perSecond : measured;
		}
		if (before == null || done != before.committed()) {
			this.last = new Sample(now, done, perSecond);
		}
		return new Lag(records, perSecond, hinted(offsets.hints(), now));
	}

	private boolean hinted(long hints, long now) {
		HintsSeen before = this.hints;
		long until = (before == null) ? now
				: (hints > before.hints()) ? now + HINTS_STAY.toNanos() : before.untilNanos();
		this.hints = new HintsSeen(hints, until);
		return until - now > 0;
	}

}
