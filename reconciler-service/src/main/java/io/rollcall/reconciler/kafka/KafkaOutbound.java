package io.rollcall.reconciler.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.Pending;
import io.rollcall.support.kafka.EventPublisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

/**
 * Publishes what the flow hands out. Sending can block while Kafka is away, so it never
 * happens on the database's event loop.
 */
@Component
final class KafkaOutbound implements Outbound {

	private static final String SOURCE = "/rollcall/reconciler";

	private final EventPublisher publisher;

	KafkaOutbound(EventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public Mono<Void> changes(List<Pending> changes) {
		return send(() -> this.publisher.publishAll(Topics.CHANGES,
				changes.stream().map(KafkaOutbound::envelope).toList()));
	}

	@Override
	public Mono<Void> observations(List<? extends Envelope<? extends Observation>> observations) {
		return send(() -> this.publisher.publishAll(Topics.OBSERVATIONS, observations));
	}

	@Override
	public Mono<Void> observation(int partition, Envelope<? extends Observation> observation) {
		return send(() -> this.publisher.publish(Topics.OBSERVATIONS, partition, observation));
	}

	@Override
	public Mono<Void> events(List<? extends Envelope<? extends Event>> events) {
		return Flux.fromIterable(events)
			.concatMap((event) -> send(() -> this.publisher.publish(topicOf(event.event()), event)))
			.then();
	}

	private static Envelope<Change> envelope(Pending pending) {
		Change change = pending.change();
		return new Envelope<>(change.id(), SOURCE, change.at(), pending.bulk(), null, change);
	}

	private static String topicOf(Event event) {
		return switch (event) {
			case RunEvent _ -> Topics.RUNS;
			case Hint _ -> Topics.HINTS;
			case RulesPublished _ -> Topics.RULES;
			case Change _ -> Topics.CHANGES;
			case Observation _ -> Topics.OBSERVATIONS;
			default -> throw new IllegalArgumentException(event.getClass() + " is not the reconciler's to publish");
		};
	}

	private static Mono<Void> send(Supplier<CompletableFuture<?>> sending) {
		return Mono.fromFuture(sending).subscribeOn(Schedulers.boundedElastic()).then();
	}

}
