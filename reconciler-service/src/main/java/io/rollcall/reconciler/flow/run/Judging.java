package io.rollcall.reconciler.flow.run;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.model.run.RunEvent.SetHeld;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.RulesBook;
import io.rollcall.reconciler.flow.run.Gathered.StagedSet;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.guard.GuardPolicy;
import io.rollcall.reconciler.rules.guard.GuardPolicy.Verdict;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Has the guard judge what was gathered, one run of an organization at a time: the
 * verdict is stored only over the ledger that was there when gathering began. Whoever
 * finds another ledger gathers again.
 */
final class Judging implements PhaseStep {

	private final GuardLedgers ledgers;

	private final StagedItems items;

	private final StagedPages pages;

	private final HeldSets heldSets;

	private final RulesBook rules;

	private final Outbound outbound;

	private final InstantSource clock;

	private final CrashPoints crashPoints;

	Judging(GuardLedgers ledgers, StagedItems items, StagedPages pages, HeldSets heldSets, RulesBook rules,
			Outbound outbound, InstantSource clock, CrashPoints crashPoints) {
		this.ledgers = ledgers;
		this.items = items;
		this.pages = pages;
		this.heldSets = heldSets;
		this.rules = rules;
		this.outbound = outbound;
		this.clock = clock;
		this.crashPoints = crashPoints;
	}

	@Override
	public Mono<Next> take(RunState run) {
		if (run.work().gathered().isEmpty()) {
			return act(run, List.of());
		}
		return this.ledgers.find(run.organization()).flatMap((ledger) -> {
			List<GuardLedger.Entry> said = ledger.of(run.connection(), run.run());
			if (!said.isEmpty()) {
				return act(run, said);
			}
			return (ledger.version() != run.work().gathered().ledger()) ? gatherAgain(run) : judge(run, ledger);
		});
	}

	private Mono<Next> judge(RunState run, GuardLedger ledger) {
		return this.rules.current(run.connection())
			.flatMap((current) -> Flux.fromIterable(kinds(run))
				.concatMap((kind) -> verdict(run, ledger, kind, current.guard()))
				.collectList())
			.flatMap((said) -> letGo(run, said).then(this.ledgers.save(ledger.plus(said, this.clock.instant())))
				.flatMap((saved) -> saved ? act(run, said) : gatherAgain(run)));
	}

	private Mono<GuardLedger.Entry> verdict(RunState run, GuardLedger ledger, GuardedKind kind, Rules.Guard guard) {
		long count = run.work().gathered().of(kind).tally().counted();
		Rules.Limit limit = GuardPolicy.limit(guard, kind);
		long released = ledger.released(run.connection(), kind, this.clock.instant());
		// Below the absolute limit the total does not matter, and counting it is dear.
		Mono<Long> total = (count + released <= limit.absolute()) ? Mono.just(0L)
				: this.items.total(run.organization(), run.connection(), kind);
		return total.map((all) -> new GuardLedger.Entry(run.connection(), run.run(), kind, count, all,
				words(GuardPolicy.judge(kind, count, released, all, limit)), this.clock.instant()));
	}

	/**
	 * Before the verdict is stored: whoever gathers after it must not count these again.
	 */
	private Mono<Void> letGo(RunState run, List<GuardLedger.Entry> said) {
		List<String> through = said.stream()
			.filter((entry) -> entry.heldBy() == null)
			.flatMap((entry) -> run.work().gathered().of(entry.kind()).pages().stream())
			.toList();
		return this.pages.decide(through, StagedPage.Status.RELEASED);
	}

	private Mono<Next> gatherAgain(RunState run) {
		return this.pages.drop(run.work().gathered().pages())
			.thenReturn(new Next.Enter(run, run.work().gathering(Gathered.NONE).enter(RunPhase.GATHERING)));
	}

	private Mono<Next> act(RunState run, List<GuardLedger.Entry> said) {
		Set<GuardedKind> through = EnumSet.noneOf(GuardedKind.class);
		said.stream().filter((entry) -> entry.heldBy() == null).forEach((entry) -> through.add(entry.kind()));
		long held = said.stream().filter((entry) -> entry.heldBy() != null).mapToLong(GuardLedger.Entry::count).sum();
		RunWork judged = run.work().judged(through, held);
		RunWork to = judged.enter(through.isEmpty() ? RunPhase.ENDING : RunPhase.RELEASING);
		List<HeldSet> sets = said.stream()
			.filter((entry) -> entry.heldBy() != null)
			.map((entry) -> held(run, entry))
			.toList();
		return this.heldSets.supersede(run.connection(), sets.stream().map(HeldSet::hash).toList())
			.thenMany(Flux.fromIterable(sets).concatMap((set) -> hold(run, set)))
			.then(Mono.fromRunnable(() -> this.crashPoints.after(CrashPoints.Step.GUARD)))
			.thenReturn(said.isEmpty() ? new Next.Pass(to) : new Next.Enter(run, to));
	}

	private static HeldSet held(RunState run, GuardLedger.Entry entry) {
		StagedSet set = run.work().gathered().of(entry.kind());
		return new HeldSet(run.organization(), run.connection(), run.run(), entry.kind(), set.tally().hash(),
				entry.count(), entry.total(), Objects.requireNonNullElse(entry.heldBy(), ""), set.pages(),
				HeldSet.Status.OPEN, entry.at(), null, 0);
	}

	/** The same set held by an earlier run is not told again. */
	private Mono<Void> hold(RunState run, HeldSet set) {
		return this.heldSets.hold(set)
			.filter((kept) -> kept.run().equals(run.run()))
			.flatMap((kept) -> this.outbound
				.events(List.of(RunEnvelopes.event("%s:%s:held".formatted(run.run(), kept.hash()), kept.at(),
						new SetHeld(kept.organization(), kept.connection(), kept.run(), kept.kind(), kept.count(),
								kept.total(), kept.limit(), kept.hash(), kept.at())))));
	}

	private static List<GuardedKind> kinds(RunState run) {
		return Arrays.stream(GuardedKind.values())
			.filter((kind) -> run.work().gathered().of(kind).tally().items() > 0)
			.toList();
	}

	private static @Nullable String words(Verdict verdict) {
		return switch (verdict) {
			case Verdict.Through through -> null;
			case Verdict.Held held -> held.limit();
		};
	}

}
