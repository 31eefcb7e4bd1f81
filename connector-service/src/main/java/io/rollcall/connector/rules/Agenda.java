package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * What a connection's owner does next: people first, then what follows the live chains,
 * then subscriptions, then bulk, then rest until something is due. After a live page the
 * others have their turn before the next one, so that hints which never cease starve
 * nobody.
 */
public final class Agenda {

	/** Nobody rests for longer, so that a lost signal does no lasting harm. */
	private static final Duration LONGEST_REST = Duration.ofMinutes(1);

	/** However short a subscription Graph gives, it is renewed no more often. */
	private static final Duration SHORTEST_RENEWAL = Duration.ofMinutes(1);

	private Agenda() {
	}

	/**
	 * The next step.
	 * @param last whose turn it was last, see {@link Step#turn}
	 */
	public static Step next(SyncState state, Plan plan, Patience patience, @Nullable Lane last, Instant now) {
		if (patience.graph().isAfter(now)) {
			return new Step.Rest(patience.graph());
		}
		for (SyncState.Person person : state.people()) {
			if (!patience.due(person).isAfter(now)) {
				return new Step.ReadPerson(person);
			}
		}
		Step live = live(state, plan, patience, now);
		boolean yields = last == Lane.LIVE && !(live instanceof Step.FinishRun);
		Step step = (live != null && !yields) ? live : others(state, plan, patience, now);
		step = (step != null) ? step : live;
		return (step != null) ? step : new Step.Rest(rest(state, plan, patience, now));
	}

	private static @Nullable Step others(SyncState state, Plan plan, Patience patience, Instant now) {
		Step step = plan.hints() ? subscription(state, plan, patience, now) : null;
		return (step != null) ? step : bulk(state, plan, patience, now);
	}

	private static @Nullable Step live(SyncState state, Plan plan, Patience patience, Instant now) {
		if (patience.live().isAfter(now)) {
			return null;
		}
		RunInHand run = state.delta();
		if (run != null) {
			return goOn(Lane.LIVE, run);
		}
		List<Resource> alive = Resource.ALL.stream().filter((resource) -> state.chain(resource).isAlive()).toList();
		if (alive.isEmpty()) {
			return null;
		}
		SyncState.Requested requested = state.requested();
		if (requested != null && requested.mode() == RunMode.DELTA) {
			return new Step.StartRun(RunMode.DELTA, requested.trigger(), requested.by(), alive);
		}
		if (isScheduled(state, plan, now) && !isFullDue(state, plan, now)) {
			return new Step.StartRun(RunMode.DELTA, RunTrigger.SCHEDULE, null, alive);
		}
		List<Resource> due = alive.stream()
			.filter((resource) -> !due(state.chain(resource), plan).isAfter(now))
			.toList();
		return due.isEmpty() ? null : new Step.StartRun(RunMode.DELTA, RunTrigger.HINT, null, due);
	}

	private static @Nullable Step bulk(SyncState state, Plan plan, Patience patience, Instant now) {
		if (patience.bulk().isAfter(now)) {
			return null;
		}
		RunInHand run = state.full();
		if (run != null) {
			return goOn(Lane.BULK, run);
		}
		SyncState.Requested requested = state.requested();
		if (requested != null && (requested.mode() == RunMode.FULL || !state.isAlive())) {
			return new Step.StartRun(RunMode.FULL, requested.trigger(), requested.by(), Resource.ALL);
		}
		if (!state.isAlive()) {
			return new Step.StartRun(RunMode.FULL, RunTrigger.ACTIVATION, null, Resource.ALL);
		}
		if (Resource.ALL.stream().anyMatch((each) -> state.chain(each).selection() < plan.selection().version())) {
			return new Step.StartRun(RunMode.FULL, RunTrigger.RULES, null, Resource.ALL);
		}
		if (isScheduled(state, plan, now)) {
			return new Step.StartRun(RunMode.FULL, RunTrigger.SCHEDULE, null, Resource.ALL);
		}
		return null;
	}

	private static Step goOn(Lane lane, RunInHand run) {
		return run.isRead() ? new Step.FinishRun(lane, run) : new Step.ReadPage(lane, run);
	}

	private static @Nullable Step subscription(SyncState state, Plan plan, Patience patience, Instant now) {
		for (Resource resource : Resource.ALL) {
			if (resource.hasHints() && !patience.subscription(resource).isAfter(now)) {
				SyncState.Subscribed there = state.subscriptions().get(resource);
				if (there == null) {
					return new Step.Subscribe(resource);
				}
				if (there.reauthorize() || !renewal(there, plan).isAfter(now)) {
					return new Step.Renew(resource, there);
				}
				if (!there.checkedAt().plus(plan.checkEvery()).isAfter(now)) {
					return new Step.Check(resource, there);
				}
			}
		}
		return null;
	}

	/**
	 * Half of the lifetime before it ends: well before, whatever the lifetime is. Graph
	 * may give less than it was asked for, and must not be asked again at once.
	 */
	private static Instant renewal(SyncState.Subscribed there, Plan plan) {
		Duration given = Duration.between(there.renewedAt(), there.expiresAt());
		Duration lifetime = (given.compareTo(plan.subscription()) < 0) ? given : plan.subscription();
		Instant due = there.expiresAt().minus(lifetime.dividedBy(2));
		Instant earliest = there.renewedAt().plus(SHORTEST_RENEWAL);
		return due.isBefore(earliest) ? earliest : due;
	}

	/** When a chain that is alive is to be asked, as far as is known now. */
	private static Instant due(Chain chain, Plan plan) {
		Instant hinted = chain.isDirty() ? plan.askAgain().hinted(chain.askedAt()) : Instant.MAX;
		Instant again = plan.hints() ? plan.askAgain().next(chain.hintedAt(), chain.askedAt()) : Instant.MAX;
		return hinted.isBefore(again) ? hinted : again;
	}

	private static boolean isScheduled(SyncState state, Plan plan, Instant now) {
		Instant due = scheduled(state, plan);
		return due != null && !due.isAfter(now);
	}

	private static boolean isFullDue(SyncState state, Plan plan, Instant now) {
		return state.full() == null && (state.fullAt() == null || !state.fullAt().plus(plan.fullEvery()).isAfter(now));
	}

	private static @Nullable Instant scheduled(SyncState state, Plan plan) {
		return (plan.schedule() != null && state.scheduledAt() != null) ? plan.schedule().nextAfter(state.scheduledAt())
				: null;
	}

	private static Instant rest(SyncState state, Plan plan, Patience patience, Instant now) {
		Instant until = now.plus(LONGEST_REST);
		for (Resource resource : Resource.ALL) {
			Chain chain = state.chain(resource);
			if (chain.isAlive()) {
				until = earlier(until, due(chain, plan), now);
			}
			until = earlier(until, patience.subscription(resource), now);
			SyncState.Subscribed there = state.subscriptions().get(resource);
			if (there != null) {
				until = earlier(until, renewal(there, plan), now);
				until = earlier(until, there.checkedAt().plus(plan.checkEvery()), now);
			}
		}
		for (SyncState.Person person : state.people()) {
			until = earlier(until, patience.due(person), now);
		}
		until = earlier(until, patience.live(), now);
		until = earlier(until, patience.bulk(), now);
		Instant scheduled = scheduled(state, plan);
		return (scheduled != null) ? earlier(until, scheduled, now) : until;
	}

	private static Instant earlier(Instant until, Instant candidate, Instant now) {
		return (candidate.isAfter(now) && candidate.isBefore(until)) ? candidate : until;
	}

}
