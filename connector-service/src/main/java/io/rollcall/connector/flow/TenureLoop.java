package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.rollcall.connector.flow.SyncStates.OwnershipLost;
import io.rollcall.connector.rules.Agenda;
import io.rollcall.connector.rules.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps one connection as long as this instance owns it: asks the agenda, does the step,
 * and again. When the database or Kafka is away, the step is tried again from the stored
 * state.
 */
final class TenureLoop {

	private static final Logger log = LoggerFactory.getLogger(TenureLoop.class);

	private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

	private static final Duration SHORTEST_REST = Duration.ofMillis(1);

	private final SyncStates states;

	private final Steps steps;

	private final SyncSettings settings;

	private final InstantSource clock;

	/** The steps that can be done. */
	record Steps(StartStep start, PageStep page, FinishStep finish, PersonStep person, SubscriptionStep subscription) {
	}

	TenureLoop(SyncStates states, Steps steps, SyncSettings settings, InstantSource clock) {
		this.states = states;
		this.steps = steps;
		this.settings = settings;
		this.clock = clock;
	}

	/** Ends when ownership is lost or a person must act. */
	Mono<Void> keep(Connection connection, Bell bell) {
		return Mono.defer(() -> this.states.claim(connection.id(), this.clock.instant()))
			.doOnError((ex) -> log.warn("Connection {} cannot be claimed yet, trying again: {}", connection.id(),
					ex.toString()))
			.onErrorResume((ex) -> Mono.delay(AFTER_TROUBLE).then(Mono.error(ex)))
			.retry()
			.flatMap((state) -> {
				log.info("Connection {} is owned here, epoch {}", connection.id(), state.epoch());
				Tenure tenure = new Tenure(connection, state);
				return Mono.defer(() -> turn(tenure, bell)).repeat(() -> !tenure.isOver()).then();
			});
	}

	private Mono<Void> turn(Tenure tenure, Bell bell) {
		// Listening begins before the state is looked at, so that no hint is slept over.
		Mono<Void> rung = bell.next();
		Step step = next(tenure);
		Mono<Void> done = (step instanceof Step.Rest)
				? lookAgain(tenure).then(Mono
					.defer(() -> (next(tenure) instanceof Step.Rest rest) ? rest(rest.until(), rung) : Mono.empty()))
				: perform(tenure, step);
		return done.onErrorResume(OwnershipLost.class, (lost) -> {
			log.info("{}", lost.getMessage());
			tenure.end();
			return Mono.empty();
		}).onErrorResume((ex) -> trouble(tenure, step, ex));
	}

	private Step next(Tenure tenure) {
		return Agenda.next(tenure.state(), this.settings.plan(tenure.connection()), tenure.patience(),
				tenure.lastTurn(), this.clock.instant());
	}

	private Mono<Void> perform(Tenure tenure, Step step) {
		tenure.takesTurn(step);
		return switch (step) {
			case Step.StartRun start -> this.steps.start().perform(tenure, start);
			case Step.ReadPage page -> this.steps.page().perform(tenure, page);
			case Step.FinishRun finish -> this.steps.finish().perform(tenure, finish);
			case Step.ReadPerson person -> this.steps.person().perform(tenure, person);
			case Step.Subscribe subscribe -> this.steps.subscription().subscribe(tenure, subscribe.resource());
			case Step.Renew renew -> this.steps.subscription().renew(tenure, renew.resource(), renew.subscription());
			case Step.Check check -> this.steps.subscription().check(tenure, check.resource(), check.subscription());
			case Step.Rest _ -> Mono.empty();
		};
	}

	private Mono<Void> lookAgain(Tenure tenure) {
		return this.states.read(tenure.id(), tenure.state().epoch()).doOnNext(tenure::state).then();
	}

	private Mono<Void> rest(Instant until, Mono<Void> rung) {
		Duration rest = Duration.between(this.clock.instant(), until);
		return Mono.firstWithSignal(Mono.delay((rest.compareTo(SHORTEST_REST) > 0) ? rest : SHORTEST_REST).then(), rung)
			.then();
	}

	private Mono<Void> trouble(Tenure tenure, Step step, Throwable trouble) {
		log.warn("Connection {}: {} could not be done and is tried again: {}", tenure.id(),
				step.getClass().getSimpleName(), trouble.toString(), trouble);
		return Mono.delay(AFTER_TROUBLE)
			.then(lookAgain(tenure))
			.onErrorResume(OwnershipLost.class, (lost) -> Mono.fromRunnable(tenure::end))
			.onErrorComplete();
	}

}
