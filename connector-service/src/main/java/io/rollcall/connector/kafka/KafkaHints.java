package io.rollcall.connector.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import io.rollcall.connector.flow.Hints;
import io.rollcall.model.SourceId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.KafkaSettings;

/** Hints on their topic, by a producer of their own that gives up soon. */
final class KafkaHints implements Hints, AutoCloseable {

	/** Graph counts an answer as slow from 3 s on. */
	private static final Duration LONGEST = Duration.ofSeconds(2);

	private final EventPublisher publisher;

	private final InstantSource clock;

	KafkaHints(KafkaSettings settings, InstantSource clock) {
		this.publisher = new EventPublisher(settings);
		this.clock = clock;
	}

	@Override
	public void publish(List<Hint> hints) {
		// A hint that comes twice does no harm, so any id will do.
		Sent.await(this.publisher.publishAll(Topics.HINTS,
				hints.stream()
					.map((hint) -> Envelope.of(UUID.randomUUID().toString(), Sent.SOURCE, this.clock.instant(), hint))
					.toList()),
				LONGEST);
	}

	@Override
	public int partitionOf(SourceId source) {
		return EventPublisher.partitionOf(source.value());
	}

	@Override
	public void close() {
		this.publisher.close();
	}

}
