package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.rollcall.connector.rules.FailurePolicy;
import io.rollcall.connector.rules.RunInHand;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells people how a run goes: as run events, and in the list of runs. */
final class RunReport {

	private static final Duration PROGRESS = Duration.ofSeconds(1);

	private final RunEvents events;

	private final Runs runs;

	private final InstantSource clock;

	RunReport(RunEvents events, Runs runs, InstantSource clock) {
		this.events = events;
		this.runs = runs;
		this.clock = clock;
	}

	Mono<Void> started(Connection connection, RunInHand run) {
		return this.events
			.publish(id(connection, run, "started"),
					new RunEvent.RunStarted(connection.organization(), connection.id(), run.id(), run.mode(),
							run.trigger(), run.by(), run.startedAt()))
			.then(save(connection, run, Runs.State.READING, null, null));
	}

	/** At most once a second. */
	Mono<Void> progressed(Tenure tenure, RunInHand run) {
		Instant now = this.clock.instant();
		if (!run.isLong() || !tenure.tellsProgress(now, now.minus(PROGRESS))) {
			return Mono.empty();
		}
		Connection connection = tenure.connection();
		return this.events
			.publish(id(connection, run, "progressed:" + run.counts().pages()),
					new RunEvent.RunProgressed(connection.organization(), connection.id(), run.id(), run.counts(), now))
			.then(save(connection, run, Runs.State.READING, null, null));
	}

	Mono<Void> read(Connection connection, RunInHand run) {
		Instant now = this.clock.instant();
		return this.events
			.publish(id(connection, run, "read"),
					new RunEvent.RunRead(connection.organization(), connection.id(), run.id(), run.mode(),
							run.trigger(), run.counts(), run.startedAt(), now))
			.then(save(connection, run, Runs.State.READ, setAside(run), now));
	}

	Mono<Void> failed(Tenure tenure, RunInHand run, Problem problem, @Nullable Instant retryAt, Runs.State state) {
		Instant now = this.clock.instant();
		Connection connection = tenure.connection();
		return this.events
			.publish(id(connection, run, "failed:" + now.toEpochMilli()),
					new RunEvent.RunFailed(connection.organization(), connection.id(), run.id(), run.mode(),
							run.trigger(), problem, retryAt, now))
			.then(save(connection, run, state, problem, (retryAt != null) ? null : now));
	}

	/** What a run that has read all the same had to leave out. */
	private static @Nullable Problem setAside(RunInHand run) {
		return (run.setAside() > 0) ? FailurePolicy.problem(Problem.Code.DIRECTORY_OBJECT_INVALID,
				"%d objects or edges came without a usable id and were set aside".formatted(run.setAside()), true)
				: null;
	}

	private Mono<Void> save(Connection connection, RunInHand run, Runs.State state, @Nullable Problem problem,
			@Nullable Instant endedAt) {
		return this.runs.save(new Runs.Entry(run.id(), connection.id(), run.mode(), run.trigger(), run.by(), state,
				run.counts(), problem, run.startedAt(), endedAt));
	}

	private static String id(Connection connection, RunInHand run, String what) {
		return connection.id() + ":" + run.id() + ":" + what;
	}

}
