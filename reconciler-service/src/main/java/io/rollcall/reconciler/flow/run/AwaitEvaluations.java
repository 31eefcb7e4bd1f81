package io.rollcall.reconciler.flow.run;

import io.rollcall.model.run.RunMode;
import reactor.core.publisher.Mono;

/**
 * Waits until everybody was asked for whom the run's groups concern; the partitions of
 * these requests are marked together with those of the unseen. The unseen lead to no more
 * of it: a FULL run did not see the members of a group that it did not see.
 */
final class AwaitEvaluations implements PhaseStep {

	private final EvaluationBook evaluations;

	AwaitEvaluations(EvaluationBook evaluations) {
		this.evaluations = evaluations;
	}

	@Override
	public Mono<Next> take(RunState run) {
		return this.evaluations.ofRun(run.connection(), run.run())
			.map((evaluations) -> evaluations.open() ? await(run) : next(run, evaluations));
	}

	/** The last evaluation drives on a run that is stored as waiting for it. */
	private static Next await(RunState run) {
		return (run.work().revision() == 0) ? new Next.Enter(run, run.work()) : new Next.Wait();
	}

	private static Next next(RunState run, EvaluationBook.OfRun evaluations) {
		RunWork to = after(run, evaluations).touching(evaluations.touched());
		return evaluations.touched().isEmpty() ? new Next.Pass(to) : new Next.Enter(run, to);
	}

	private static RunWork after(RunState run, EvaluationBook.OfRun evaluations) {
		if (run.mode() == RunMode.FULL) {
			return run.work().enter(RunPhase.SWEEPING);
		}
		return run.work().enter(evaluations.touched().isEmpty() ? RunPhase.GATHERING : RunPhase.AWAITING_SWEPT);
	}

}
