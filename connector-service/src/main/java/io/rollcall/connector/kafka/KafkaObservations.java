package io.rollcall.connector.kafka;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.rollcall.connector.flow.Observations;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.support.kafka.EventPublisher;
import org.apache.kafka.clients.producer.RecordMetadata;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Observations on their topic. */
final class KafkaObservations implements Observations {

	private static final String SOURCE = "/rollcall/connector";

	private final EventPublisher publisher;

	private final Scheduler blocking;

	private final InstantSource clock;

	KafkaObservations(EventPublisher publisher, Scheduler blocking, InstantSource clock) {
		this.publisher = publisher;
		this.blocking = blocking;
		this.clock = clock;
	}

	@Override
	public Mono<SortedSet<Integer>> publish(List<Observation.Reading> readings, boolean bulk) {
		if (readings.isEmpty()) {
			return Mono.just(new TreeSet<>());
		}
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			List<Envelope<?>> envelopes = new ArrayList<>(readings.size());
			for (Observation.Reading reading : readings) {
				envelopes.add(
						new Envelope<>(reading.connection() + ":" + reading.stamp(), SOURCE, now, bulk, null, reading));
			}
			return Mono.fromFuture(this.publisher.publishAll(Topics.OBSERVATIONS, envelopes));
		}).map(KafkaObservations::partitions).subscribeOn(this.blocking);
	}

	@Override
	public Mono<Void> mark(List<Observation.RunMarker> markers, boolean bulk) {
		return Mono.defer(() -> {
			List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
			for (Observation.RunMarker marker : markers) {
				String id = marker.key() + ":" + marker.phase() + ":" + marker.partition();
				sent.add(this.publisher.publish(Topics.OBSERVATIONS, marker.partition(),
						new Envelope<>(id, SOURCE, this.clock.instant(), bulk, null, marker)));
			}
			return Mono.fromFuture(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)));
		}).subscribeOn(this.blocking);
	}

	@Override
	public int partitionOf(String key) {
		return EventPublisher.partitionOf(key);
	}

	private static SortedSet<Integer> partitions(List<RecordMetadata> acknowledged) {
		SortedSet<Integer> partitions = new TreeSet<>();
		acknowledged.forEach((record) -> partitions.add(record.partition()));
		return partitions;
	}

}
