package io.rollcall.connector.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.rollcall.connector.flow.Announcements;
import io.rollcall.connector.flow.read.Observations;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.kafka.EventPublisher;

/** What is read, each record on the partition it names, and what is told of it. */
final class KafkaPublications implements Observations, Announcements {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final EventPublisher publisher;

	private final InstantSource clock;

	KafkaPublications(EventPublisher publisher, InstantSource clock) {
		this.publisher = publisher;
		this.clock = clock;
	}

	@Override
	public void publish(String topic, List<? extends Observation.OfPartition> records) {
		Instant now = this.clock.instant();
		Sent.await(this.publisher.publishAll(records.stream()
			.map((record) -> EventPublisher.record(topic, record.partition(),
					Envelope.of(id(record), Sent.SOURCE, now, record)))
			.toList()), LONGEST);
	}

	@Override
	public int partitionOf(String key) {
		return EventPublisher.partitionOf(key);
	}

	@Override
	public void publish(String id, RunEvent event) {
		Sent.await(this.publisher.publish(Topics.RUNS, Envelope.of(id, Sent.SOURCE, event.at(), event)), LONGEST);
	}

	@Override
	public void publish(String id, Progress event) {
		Sent.await(this.publisher.publish(Topics.PROGRESS, Envelope.of(id, Sent.SOURCE, this.clock.instant(), event)),
				LONGEST);
	}

	/** The same for a record that is published again after its answer was lost. */
	private static String id(Observation.OfPartition record) {
		return switch (record) {
			case Observation.CellsObserved cells -> cells.connection() + ":" + cells.sequence().value() + ":"
					+ cells.partition() + ":" + cells.cells().getFirst().index();
			case Observation.RunMarker marker -> marker.id() + ":" + marker.phase() + ":" + marker.partition()
					+ (marker.abandoned() ? ":abandoned" : "");
			case Observation.ObjectsUnseen _, Observation.DecisionsRequested _, Observation.StagedReleased _ ->
				throw new IllegalArgumentException(record.getClass().getSimpleName() + " is not read from Graph");
		};
	}

}
