package io.rollcall.reconciler.flow.run;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.RulesBook;
import io.rollcall.reconciler.flow.RunSteps;
import reactor.core.publisher.Mono;

/** The end of a run, joined: which phase does what, and which follows. */
public record RunFlow(RunSteps steps, MemberEvaluations evaluations) {

	/** Joins the steps to their ports. */
	public static RunFlow of(RunPorts ports, Outbound outbound, Partitions partitions, RulesBook rules,
			InstantSource clock, CrashPoints crashPoints) {
		Releases releases = new Releases(outbound, partitions);
		Map<RunPhase, PhaseStep> steps = new EnumMap<>(RunPhase.class);
		steps.put(RunPhase.READING, RunFlow::read);
		steps.put(RunPhase.EVALUATING, new AwaitEvaluations(ports.evaluations()));
		steps.put(RunPhase.SWEEPING, new Sweep(ports.unseen(), ports.runs(), outbound, partitions, crashPoints));
		steps.put(RunPhase.AWAITING_SWEPT, new AwaitMarkers(RunMarker.Phase.SWEPT, RunPhase.GATHERING, outbound));
		steps.put(RunPhase.GATHERING, new Gathering(ports.items(), ports.pages(), ports.ledgers()));
		steps.put(RunPhase.JUDGING, new Judging(ports.ledgers(), ports.items(), ports.pages(), ports.heldSets(), rules,
				outbound, clock, crashPoints));
		steps.put(RunPhase.RELEASING, new Releasing(ports.pages(), releases, ports.runs()));
		steps.put(RunPhase.AWAITING_RELEASED, new AwaitMarkers(RunMarker.Phase.RELEASED, RunPhase.ENDING, outbound));
		steps.put(RunPhase.ENDING, new Ending(ports.runs(), clock));
		steps.put(RunPhase.COMPLETING, new Completing(outbound));
		MemberEvaluations evaluations = new MemberEvaluations(ports.evaluations(), outbound, partitions);
		HeldSetJudgement heldSets = new HeldSetJudgement(ports.heldSets(), ports.pages(), ports.ledgers(), releases,
				outbound, clock);
		return new RunFlow(new RunProgress(ports.runs(), outbound, steps, heldSets, evaluations), evaluations);
	}

	private static Mono<PhaseStep.Next> read(RunState run) {
		if (!run.marked(RunMarker.Phase.READ)) {
			return Mono.just(new PhaseStep.Next.Wait());
		}
		return Mono.just(new PhaseStep.Next.Pass(run.work().enter(RunPhase.EVALUATING)));
	}

	/** What the steps store in. */
	public record RunPorts(Runs runs, UnseenObjects unseen, StagedItems items, StagedPages pages, GuardLedgers ledgers,
			HeldSets heldSets, EvaluationBook evaluations) {
	}

}
