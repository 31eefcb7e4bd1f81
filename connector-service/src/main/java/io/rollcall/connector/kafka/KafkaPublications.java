package io.rollcall.connector.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.rollcall.connector.flow.Publications;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.KafkaSettings;

/**
 * What is read, each record on the partition it names, and what is told of it; hints go
 * by a producer of their own, and are given up soon.
 */
final class KafkaPublications implements Publications, AutoCloseable {

	private static final String SOURCE = "/rollcall/connector";

	/** Graph counts an answer as slow from 3 s on. */
	private static final Duration LONGEST_HINT = Duration.ofSeconds(2);

	private final EventPublisher publisher;

	private final EventPublisher hints;

	private final InstantSource clock;

	KafkaPublications(EventPublisher publisher, KafkaSettings settings, InstantSource clock) {
		this.publisher = publisher;
		this.hints = new EventPublisher(settings);
		this.clock = clock;
	}

	@Override
	public void publish(String topic, List<? extends Observation.OfPartition> records) {
		Instant now = this.clock.instant();
		this.publisher
			.publishAll(records.stream()
				.map((record) -> EventPublisher.record(topic, record.partition(),
						Envelope.of(id(record), SOURCE, now, record)))
				.toList())
			.join();
	}

	@Override
	public void publish(String id, RunEvent event) {
		publish(Topics.RUNS, id, event);
	}

	@Override
	public void publish(String id, Progress event) {
		publish(Topics.PROGRESS, id, event);
	}

	@Override
	public void publish(List<Hint> published) {
		Instant now = this.clock.instant();
		// A hint that comes twice does no harm, so any id will do.
		this.hints.publishAll(Topics.HINTS,
				published.stream().map((hint) -> Envelope.of(UUID.randomUUID().toString(), SOURCE, now, hint)).toList())
			.orTimeout(LONGEST_HINT.toMillis(), TimeUnit.MILLISECONDS)
			.join();
	}

	@Override
	public int partitionOf(String key) {
		return EventPublisher.partitionOf(key);
	}

	@Override
	public void close() {
		this.hints.close();
	}

	private void publish(String topic, String id, Event event) {
		this.publisher.publish(topic, Envelope.of(id, SOURCE, this.clock.instant(), event)).join();
	}

	/** The same for a record that is published again after its answer was lost. */
	private static String id(Observation.OfPartition record) {
		return switch (record) {
			case Observation.CellsObserved cells -> cells.connection() + ":" + cells.sequence().value() + ":"
					+ cells.partition() + ":" + cells.cells().getFirst().index();
			case Observation.RunMarker marker -> marker.id() + ":" + marker.phase() + ":" + marker.partition()
					+ (marker.abandoned() ? ":abandoned" : "");
			case Observation.ObjectsUnseen _, Observation.DecisionsRequested _, Observation.StagedReleased _,
					Observation.AccountsImported _ ->
				throw new IllegalArgumentException(record.getClass().getSimpleName() + " is not read from Graph");
		};
	}

}
