package io.rollcall.connector.kafka;

import io.rollcall.connector.flow.RunEvents;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.kafka.EventPublisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Run events on their topic. */
final class KafkaRunEvents implements RunEvents {

	private static final String SOURCE = "/rollcall/connector";

	private final EventPublisher publisher;

	private final Scheduler blocking;

	KafkaRunEvents(EventPublisher publisher, Scheduler blocking) {
		this.publisher = publisher;
		this.blocking = blocking;
	}

	@Override
	public Mono<Void> publish(String id, RunEvent event) {
		return Mono.defer(
				() -> Mono.fromFuture(this.publisher.publish(Topics.RUNS, Envelope.of(id, SOURCE, event.at(), event))))
			.subscribeOn(this.blocking)
			.then();
	}

}
