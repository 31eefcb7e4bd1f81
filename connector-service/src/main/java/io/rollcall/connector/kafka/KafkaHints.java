package io.rollcall.connector.kafka;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.rollcall.connector.flow.Hints;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.support.kafka.EventPublisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Hints on their topic. */
final class KafkaHints implements Hints {

	private static final String SOURCE = "/rollcall/connector";

	private final EventPublisher publisher;

	private final Scheduler blocking;

	private final InstantSource clock;

	KafkaHints(EventPublisher publisher, Scheduler blocking, InstantSource clock) {
		this.publisher = publisher;
		this.blocking = blocking;
		this.clock = clock;
	}

	@Override
	public Mono<Void> publish(List<Hint> hints) {
		return Mono.defer(() -> {
			List<Envelope<?>> envelopes = new ArrayList<>();
			for (Hint hint : hints) {
				// A hint that comes twice does no harm, so any id will do.
				envelopes.add(Envelope.of(UUID.randomUUID().toString(), SOURCE, this.clock.instant(), hint));
			}
			return Mono.fromFuture(this.publisher.publishAll(Topics.HINTS, envelopes));
		}).subscribeOn(this.blocking).then();
	}

	@Override
	public int partitionOf(ConnectionId connection) {
		return EventPublisher.partitionOf(connection.value());
	}

}
