package io.rollcall.reconciler.flow.run;

import java.util.Arrays;
import java.util.List;

import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.rules.guard.StagedItem;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers exactly what is staged for a connection, page by page. */
final class Gathering implements PhaseStep {

	private final StagedItems items;

	private final StagedPages pages;

	private final GuardLedgers ledgers;

	Gathering(StagedItems items, StagedPages pages, GuardLedgers ledgers) {
		this.items = items;
		this.pages = pages;
		this.ledgers = ledgers;
	}

	@Override
	public Mono<Next> take(RunState run) {
		return begun(run)
			.flatMap((gathered) -> this.items.slice(run.organization(), run.connection(), run.work().cursor())
				.flatMap((slice) -> keep(run, gathered, slice.items()).map((more) -> next(run, more, slice))));
	}

	/**
	 * The ledger's version is read before anything staged: whatever the guard lets go of
	 * meanwhile is noticed when this is judged.
	 */
	private Mono<Gathered> begun(RunState run) {
		return (run.work().cursor() != null) ? Mono.just(run.work().gathered())
				: this.ledgers.find(run.organization()).map((ledger) -> Gathered.since(ledger.version()));
	}

	private Mono<Gathered> keep(RunState run, Gathered gathered, List<StagedItem> found) {
		return Flux.fromStream(Arrays.stream(GuardedKind.values()))
			.map((kind) -> new StagedPage(run.connection(), run.run(), run.work().chunk(), kind,
					found.stream().filter((item) -> item.set() == kind).toList()))
			.filter((page) -> !page.items().isEmpty())
			.concatMap((page) -> this.pages.keep(page).thenReturn(page))
			.reduce(gathered, Gathered::plus);
	}

	private static Next next(RunState run, Gathered gathered, StagedItems.Slice slice) {
		RunWork work = run.work().gathering(gathered);
		if (slice.next() != null) {
			return new Next.Continue(run, work.next(slice.next()));
		}
		RunWork to = work.enter(RunPhase.JUDGING);
		return gathered.isEmpty() ? new Next.Pass(to) : new Next.Enter(run, to);
	}

}
