package io.rollcall.reconciler.flow.run;

import java.time.InstantSource;

import io.rollcall.model.run.ApplyCounts;
import reactor.core.publisher.Mono;

/** Counts what a run did: what its decisions did, and what the guard held of them. */
final class Ending implements PhaseStep {

	private final Runs runs;

	private final InstantSource clock;

	Ending(Runs runs, InstantSource clock) {
		this.runs = runs;
		this.clock = clock;
	}

	@Override
	public Mono<Next> take(RunState run) {
		ApplyCounts held = new ApplyCounts(0, 0, 0, 0, run.work().held(), 0, 0, 0);
		return this.runs.applied(run.connection(), run.run())
			.map((applied) -> new Next.Enter(run, run.work().done(this.clock.instant(), applied.plus(held))));
	}

}
