package io.rollcall.connector.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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

/**
 * The lag of the reconciler's group, from its committed offsets; looked at a few times a
 * second, however many runs ask.
 */
final class KafkaLags implements Lags {

	private static final Logger log = LoggerFactory.getLogger(KafkaLags.class);

	private static final String GROUP = "rollcall-reconciler";

	private static final Duration FRESH = Duration.ofMillis(50);

	private static final Duration LONGEST = Duration.ofSeconds(2);

	/** How much a new measurement of the rate counts. */
	private static final double WEIGHT = 0.3;

	private static final Lag NONE = new Lag(0, 0);

	private final Admin admin;

	private final Mono<Lag> shared;

	private volatile @Nullable Sample last;

	private record Sample(long nanos, long committed, double perSecond) {
	}

	KafkaLags(Admin admin) {
		this.admin = admin;
		this.shared = Mono.defer(this::look).cache(FRESH);
	}

	@Override
	public Mono<Lag> ofReconciler() {
		return this.shared;
	}

	private Mono<Lag> look() {
		Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			latest.put(new TopicPartition(Topics.OBSERVATIONS, partition), OffsetSpec.latest());
		}
		return Mono
			.fromFuture(() -> this.admin.listConsumerGroupOffsets(GROUP)
				.partitionsToOffsetAndMetadata()
				.toCompletionStage()
				.toCompletableFuture())
			.zipWith(Mono
				.fromFuture(() -> this.admin.listOffsets(latest).all().toCompletionStage().toCompletableFuture()))
			.timeout(LONGEST)
			.map((both) -> lag(both.getT1(), both.getT2()))
			.onErrorResume((ex) -> {
				log.warn("The lag of group {} cannot be read, bulk runs go on without it: {}", GROUP, ex.toString());
				return Mono.just(NONE);
			});
	}

	private Lag lag(Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, ListOffsetsResultInfo> ends) {
		long records = 0;
		long done = 0;
		for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
			OffsetAndMetadata offset = committed.get(end.getKey());
			if (offset != null) {
				done += offset.offset();
				records += Math.max(0, end.getValue().offset() - offset.offset());
			}
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
		return new Lag(records, perSecond);
	}

}
