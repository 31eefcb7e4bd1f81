package io.rollcall.reconciler.flow.run;

import java.util.List;

import io.rollcall.model.run.RunEvent.GuardedKind;
import reactor.core.publisher.Mono;

/** Publishes what the guard let through, one stored page a chunk. */
final class Releasing implements PhaseStep {

	private final StagedPages pages;

	private final Releases releases;

	private final Runs runs;

	Releasing(StagedPages pages, Releases releases, Runs runs) {
		this.pages = pages;
		this.releases = releases;
		this.runs = runs;
	}

	@Override
	public Mono<Next> take(RunState run) {
		List<String> through = through(run);
		int page = (run.work().cursor() != null) ? Integer.parseInt(run.work().cursor()) : 0;
		return this.pages.items(through.get(page))
			.map((items) -> this.releases.of(run.organization(), run.connection(), run.run(), items, run.bulk()))
			.flatMap((records) -> this.runs.save(run, run.work().touching(this.releases.partitions(records)))
				.switchIfEmpty(Mono.error(() -> Outruns.of(run)))
				.flatMap((saved) -> this.releases.publish(records).thenReturn(saved)))
			.map((published) -> next(published, page + 1, through.size()));
	}

	private static Next next(RunState run, int page, int pages) {
		return (page < pages) ? new Next.Continue(run, run.work().next(Integer.toString(page)))
				: new Next.Enter(run, run.work().await(RunPhase.AWAITING_RELEASED));
	}

	private static List<String> through(RunState run) {
		return run.work()
			.released()
			.stream()
			.sorted()
			.map((GuardedKind kind) -> run.work().gathered().of(kind))
			.flatMap((set) -> set.pages().stream())
			.toList();
	}

}
