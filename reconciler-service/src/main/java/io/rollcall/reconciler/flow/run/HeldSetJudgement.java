package io.rollcall.reconciler.flow.run;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.HeldSetJudged;
import io.rollcall.model.directory.Observation.RunContinued;
import io.rollcall.model.run.RunEvent.HeldSetClosed;
import io.rollcall.reconciler.flow.Outbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Does what a person said about a held set: releases exactly that set, page by page, or
 * leaves it staged and does not ask again. A set that is no longer open is left alone:
 * what is staged has changed since it was shown.
 */
final class HeldSetJudgement {

	/**
	 * {@code RunContinued.step}; the run's place names the set: {@code run} is its hash.
	 */
	static final String STEP = "held";

	private static final Logger log = LoggerFactory.getLogger(HeldSetJudgement.class);

	private final HeldSets heldSets;

	private final StagedPages pages;

	private final GuardLedgers ledgers;

	private final Releases releases;

	private final Outbound outbound;

	private final InstantSource clock;

	HeldSetJudgement(HeldSets heldSets, StagedPages pages, GuardLedgers ledgers, Releases releases, Outbound outbound,
			InstantSource clock) {
		this.heldSets = heldSets;
		this.pages = pages;
		this.ledgers = ledgers;
		this.releases = releases;
		this.outbound = outbound;
		this.clock = clock;
	}

	Mono<Void> judge(HeldSetJudged judged, int partition) {
		return this.heldSets.find(judged.connection(), judged.hash())
			.flatMap((set) -> (set.status() == HeldSet.Status.OPEN) ? open(set, judged) : Mono.just(set))
			.flatMap((set) -> goOn(set, partition));
	}

	Mono<Void> goOn(RunContinued chunk, int partition) {
		return this.heldSets.find(chunk.connection(), chunk.run().value())
			.filter((set) -> set.released() == chunk.chunk())
			.flatMap((set) -> goOn(set, partition));
	}

	private Mono<HeldSet> open(HeldSet set, HeldSetJudged judged) {
		return this.heldSets.move(set, judged.approved() ? HeldSet.Status.RELEASING : HeldSet.Status.REJECTED,
				judged.by());
	}

	private Mono<Void> goOn(HeldSet set, int partition) {
		return switch (set.status()) {
			case RELEASING -> release(set, partition);
			case APPROVED -> closed(set);
			case REJECTED -> this.pages.decide(set.pages(), StagedPage.Status.REJECTED)
				.then(this.ledgers.touch(set.organization()))
				.then(closed(set));
			case OPEN, SUPERSEDED -> Mono.fromRunnable(() -> log.warn(
					"Held set {} of connection {} is no longer what is staged: it was not judged. Look at the newer set",
					set.hash(), set.connection()));
		};
	}

	/**
	 * Nobody counts these again, and whoever gathered them before gathers again, before
	 * the first one goes.
	 */
	private Mono<Void> release(HeldSet set, int partition) {
		Mono<Void> claimed = (set.released() == 0) ? this.pages.decide(set.pages(), StagedPage.Status.RELEASED)
			.then(this.ledgers.touch(set.organization())) : Mono.empty();
		if (set.released() >= set.pages().size()) {
			return claimed.then(this.heldSets.move(set, HeldSet.Status.APPROVED, set.by()))
				.flatMap((approved) -> goOn(approved, partition));
		}
		return claimed.then(this.pages.items(set.pages().get(set.released())))
			.flatMap((items) -> this.releases
				.publish(this.releases.of(set.organization(), set.connection(), set.run(), items, true)))
			.then(Mono.defer(() -> next(set, partition)));
	}

	private Mono<Void> next(HeldSet set, int partition) {
		int next = set.released() + 1;
		if (next >= set.pages().size()) {
			return this.heldSets.pagePublished(set, next).flatMap((done) -> release(done, partition));
		}
		RunContinued on = new RunContinued(set.organization(), set.connection(), new RunId(set.hash()), STEP, next);
		return this.outbound.observation(partition, RunEnvelopes.of(on, true))
			.then(this.heldSets.pagePublished(set, next))
			.then();
	}

	private Mono<Void> closed(HeldSet set) {
		String by = Objects.requireNonNullElse(set.by(), "");
		return this.outbound.events(List.of(RunEnvelopes.event("%s:%s:closed".formatted(set.connection(), set.hash()),
				this.clock.instant(), new HeldSetClosed(set.organization(), set.connection(), set.run(), set.hash(),
						set.status() == HeldSet.Status.APPROVED, by, this.clock.instant()))));
	}

}
