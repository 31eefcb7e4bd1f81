package io.rollcall.reconciler.flow.act;

import java.time.InstantSource;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.Observation.HeldSetJudged;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.run.HeldSet;
import io.rollcall.reconciler.flow.run.HeldSets;
import io.rollcall.reconciler.flow.run.RunEnvelopes;
import reactor.core.publisher.Mono;

/** What people say about held sets. */
public final class HeldSetApprovals {

	private final HeldSets sets;

	private final Outbound outbound;

	private final InstantSource clock;

	public HeldSetApprovals(HeldSets sets, Outbound outbound, InstantSource clock) {
		this.sets = sets;
		this.outbound = outbound;
		this.clock = clock;
	}

	/** Approves or rejects a set; empty when the connection has none with this hash. */
	public Mono<Answer> judge(ConnectionId connection, String hash, boolean approved, String by) {
		return this.sets.find(connection, hash)
			.flatMap((set) -> (set.status() == HeldSet.Status.OPEN) ? publish(set, approved, by)
					: Mono.just(new Answer.Closed(set)));
	}

	private Mono<Answer> publish(HeldSet set, boolean approved, String by) {
		HeldSetJudged judged = new HeldSetJudged(set.organization(), set.connection(), set.run(), set.hash(), approved,
				by, this.clock.instant());
		Mono<HeldSet> effect = this.sets.find(set.connection(), set.hash())
			.filter((found) -> found.status() != HeldSet.Status.OPEN);
		return this.outbound.observations(List.of(RunEnvelopes.of(judged, false)))
			.then(Effects.await(effect))
			.map((found) -> answer(found, approved))
			.defaultIfEmpty(new Answer.Asked(set));
	}

	/** Somebody else may have said something else in the same moment. */
	private static Answer answer(HeldSet set, boolean approved) {
		return switch (set.status()) {
			case RELEASING, APPROVED -> approved ? new Answer.Judged(set) : new Answer.Closed(set);
			case REJECTED -> approved ? new Answer.Closed(set) : new Answer.Judged(set);
			case OPEN, SUPERSEDED -> new Answer.Closed(set);
		};
	}

	/** What came of it. */
	public sealed interface Answer {

		/** It is stored. */
		record Judged(HeldSet set) implements Answer {
		}

		/** It is on its way. */
		record Asked(HeldSet set) implements Answer {
		}

		/** The set was judged before, or is no longer what is staged. */
		record Closed(HeldSet set) implements Answer {
		}

	}

}
