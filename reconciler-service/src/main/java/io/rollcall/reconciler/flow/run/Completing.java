package io.rollcall.reconciler.flow.run;

import java.util.List;
import java.util.Objects;

import io.rollcall.model.run.RunEvent.RunCompleted;
import io.rollcall.reconciler.flow.Outbound;
import reactor.core.publisher.Mono;

/** Says that a run is complete, with what it read and what it did. */
final class Completing implements PhaseStep {

	private final Outbound outbound;

	Completing(Outbound outbound) {
		this.outbound = outbound;
	}

	@Override
	public Mono<Next> take(RunState run) {
		RunWork.Completed completed = Objects.requireNonNull(run.work().completed());
		RunCompleted event = new RunCompleted(run.organization(), run.connection(), run.run(), run.mode(),
				run.trigger(), run.read(), completed.applied(), completed.at());
		return this.outbound
			.events(List.of(RunEnvelopes.event("%s:%s:completed".formatted(run.connection(), run.run()), completed.at(),
					event)))
			.thenReturn(new Next.Enter(run, run.work().enter(RunPhase.COMPLETED)));
	}

}
