package io.rollcall.reconciler.flow.run;

import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.reconciler.flow.Outbound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishes the markers of what a phase published, and waits until all are recorded. */
final class AwaitMarkers implements PhaseStep {

	private final RunMarker.Phase phase;

	private final RunPhase then;

	private final Outbound outbound;

	AwaitMarkers(RunMarker.Phase phase, RunPhase then, Outbound outbound) {
		this.phase = phase;
		this.then = then;
		this.outbound = outbound;
	}

	@Override
	public Mono<Next> take(RunState run) {
		if (run.marked(this.phase)) {
			return Mono.just(new Next.Enter(run, run.work().enter(this.then)));
		}
		return Flux.fromIterable(RunProgress.markers(run, this.phase))
			.concatMap((marker) -> this.outbound.observation(marker.partition(), RunEnvelopes.of(marker, run.bulk())))
			.then(Mono.just(new Next.Wait()));
	}

}
