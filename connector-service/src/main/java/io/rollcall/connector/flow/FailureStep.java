package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.FailurePolicy;
import io.rollcall.connector.rules.Lane;
import io.rollcall.connector.rules.Reaction;
import io.rollcall.connector.rules.RunInHand;
import io.rollcall.connector.rules.SyncState.Person;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Does what the failure policy says, and sees that it reaches people. */
final class FailureStep {

	private static final Logger log = LoggerFactory.getLogger(FailureStep.class);

	private final FailurePolicy policy;

	private final Connections connections;

	private final SyncStates states;

	private final RunEvents events;

	private final RunReport report;

	private final Freshness freshness;

	private final DoubleSupplier jitter;

	private final InstantSource clock;

	FailureStep(FailurePolicy policy, Connections connections, SyncStates states, RunEvents events, RunReport report,
			Freshness freshness, DoubleSupplier jitter, InstantSource clock) {
		this.policy = policy;
		this.connections = connections;
		this.states = states;
		this.events = events;
		this.report = report;
		this.freshness = freshness;
		this.jitter = jitter;
		this.clock = clock;
	}

	Mono<Void> perform(Tenure tenure, Lane lane, RunInHand run, Failure failure) {
		int failures = tenure.failed(lane, failure);
		Reaction reaction = this.policy.judge(failure, failures, this.jitter.getAsDouble());
		log.warn("Connection {}, {} run {} ({}): {}. Failure {} of its kind in a row: {}", tenure.id(), run.mode(),
				run.id(), run.isRead() ? "all read" : run.resource(), failure.message(), failures, reaction);
		return switch (reaction) {
			case Reaction.Retry(Duration after) -> {
				pause(tenure, lane, failure, after);
				yield this.freshness.judge(tenure,
						FailurePolicy.problem(Problem.Code.GRAPH_FAILED, failure.message(), false));
			}
			case Reaction.TellAndRetry(Problem problem, Duration after) -> {
				Instant retryAt = pause(tenure, lane, failure, after);
				yield this.report.failed(tenure, run, problem, retryAt, Runs.State.READING)
					.then(this.freshness.judge(tenure, problem));
			}
			case Reaction.StartAgain(Problem problem, Duration after) -> startAgain(tenure, lane, run, problem, after);
			case Reaction.WaitForPerson(Problem problem) -> waitForPerson(tenure, run, problem);
		};
	}

	/**
	 * One user could not be read by itself. Only the user waits, unless all of Graph has
	 * to, and not for ever.
	 * @return whether it is given up
	 */
	Mono<Boolean> performFor(Person person, Tenure tenure, RunInHand run, Failure failure) {
		if (failure instanceof Failure.Denied denied && denied.certain()) {
			return perform(tenure, Lane.LIVE, run, failure).thenReturn(false);
		}
		int failures = tenure.failed(person);
		if (this.policy.givesUpPerson(failures)) {
			Problem problem = FailurePolicy.personGivenUp(person.object(), failure);
			log.error("Connection {}: {} It was tried {} times and is given up", tenure.id(), problem.message(),
					failures);
			return this.report.failed(tenure, run, problem, null, Runs.State.FAILED).thenReturn(true);
		}
		Duration after = this.policy.personWait(failure, failures, this.jitter.getAsDouble());
		log.warn("Connection {}: user {} could not be read, failure {} in a row, tried again in {}: {}", tenure.id(),
				person.object(), failures, after, failure.message());
		Instant until = this.clock.instant().plus(after);
		tenure.patience(tenure.patience().personUntil(person, until));
		if (failure.stopsAll()) {
			tenure.patience(tenure.patience().graphUntil(until));
		}
		return this.freshness.judge(tenure, FailurePolicy.problem(Problem.Code.GRAPH_FAILED, failure.message(), false))
			.thenReturn(false);
	}

	private Instant pause(Tenure tenure, Lane lane, Failure failure, Duration after) {
		Instant until = this.clock.instant().plus(after);
		tenure.patience(
				failure.stopsAll() ? tenure.patience().graphUntil(until) : tenure.patience().laneUntil(lane, until));
		return until;
	}

	private Mono<Void> startAgain(Tenure tenure, Lane lane, RunInHand run, Problem problem, Duration after) {
		Instant retryAt = this.clock.instant().plus(after);
		tenure.patience(tenure.patience().laneUntil(Lane.BULK, retryAt));
		return this.report.failed(tenure, run, problem, retryAt, Runs.State.ABANDONED)
			.then(Mono.defer(() -> this.states.saveWithRequest(tenure.state().abandoned(lane, run))))
			.doOnNext(tenure::state)
			.then();
	}

	private Mono<Void> waitForPerson(Tenure tenure, RunInHand run, Problem problem) {
		Connection connection = tenure.connection();
		Instant now = this.clock.instant();
		return this.report.failed(tenure, run, problem, null, Runs.State.FAILED)
			.then(this.events.publish(connection.id() + ":paused:" + run.id() + ":" + now.toEpochMilli(),
					new RunEvent.ConnectionPaused(connection.organization(), connection.id(), problem, now)))
			.then(this.connections.replace(connection.with(Connection.Status.PAUSED, problem, now),
					connection.updatedAt()))
			.doOnNext((won) -> {
				tenure.end();
				log.error("Connection {} is paused: {} {}", connection.id(), problem.message(), problem.action());
			})
			.then();
	}

}
