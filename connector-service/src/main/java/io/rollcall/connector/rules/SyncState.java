package io.rollcall.connector.rules;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection has come with its tenant: one document, written only by the owner
 * of its epoch (hints and requests are added by whoever receives them).
 *
 * @param delta the run that follows the live chains, if one is in hand
 * @param full the run that opens new chains, if one is in hand
 * @param people the users to be read one by one
 * @param requested the run that somebody asked for, if it has not begun
 * @param scheduledAt when the schedule last fired
 * @param fullAt when a FULL run last began
 * @param readAt when Graph last answered a page
 * @param stale whether people were told that freshness is lost
 */
public record SyncState(ConnectionId connection, long epoch, Map<Resource, Chain> chains, @Nullable RunInHand delta,
		@Nullable RunInHand full, List<Person> people, @Nullable Requested requested,
		Map<Resource, Subscribed> subscriptions, @Nullable Instant scheduledAt, @Nullable Instant fullAt,
		@Nullable Instant readAt, boolean stale) {

	/** A user to be read by itself, at the earliest when due. */
	public record Person(ObjectId object, String by, Instant due) {
	}

	/** A run that somebody asked for. */
	public record Requested(RunMode mode, RunTrigger trigger, @Nullable String by) {
	}

	/**
	 * A subscription at Graph.
	 *
	 * @param renewedAt when it was created, renewed or reauthorized
	 * @param checkedAt when Graph last said that it is there
	 * @param reauthorize whether Graph asked for it to be authorized again
	 */
	public record Subscribed(String id, Instant expiresAt, Instant renewedAt, Instant checkedAt, boolean reauthorize) {
	}

	public Chain chain(Resource resource) {
		return this.chains.getOrDefault(resource, Chain.NONE);
	}

	public boolean isAlive() {
		return Resource.ALL.stream().allMatch((resource) -> chain(resource).isAlive());
	}

	public @Nullable RunInHand run(Lane lane) {
		return switch (lane) {
			case LIVE -> this.delta;
			case BULK -> this.full;
		};
	}

	public SyncState with(Lane lane, @Nullable RunInHand run) {
		return switch (lane) {
			case LIVE -> copy(this.chains, run, this.full);
			case BULK -> copy(this.chains, this.delta, run);
		};
	}

	/** The state after a run has ended: what it was given is where the chains go on. */
	public SyncState finished(Lane lane, RunInHand run) {
		Map<Resource, Chain> ended = new EnumMap<>(Resource.class);
		ended.putAll(this.chains);
		run.links().forEach((resource, link) -> {
			RunInHand.Asked asked = run.asked().get(resource);
			if (asked != null) {
				Chain live = chain(resource);
				ended.put(resource, live.after(link, run.selection(live), asked));
			}
		});
		RunInHand following = (lane == Lane.BULK && this.delta != null) ? this.delta.onNewChains(run.links().keySet())
				: this.delta;
		return copy(ended, following, this.full).with(lane, null);
	}

	/** The state after the token of a run's link was refused. */
	public SyncState abandoned(Lane lane, RunInHand run) {
		Map<Resource, Chain> left = new EnumMap<>(Resource.class);
		left.putAll(this.chains);
		if (lane == Lane.LIVE && !run.isRead()) {
			Chain lost = chain(run.resource());
			left.put(run.resource(),
					new Chain(null, lost.selection(), lost.hints(), lost.served(), lost.hintedAt(), lost.askedAt()));
		}
		SyncState state = copy(left, this.delta, this.full).with(lane, null);
		return new SyncState(state.connection, state.epoch, state.chains, state.delta, state.full, state.people,
				new Requested(RunMode.FULL, RunTrigger.RESYNC, null), state.subscriptions, state.scheduledAt,
				state.fullAt, state.readAt, state.stale);
	}

	/** The state when a run begins: what asked for it has been heard. */
	public SyncState began(Step.StartRun start, Lane lane, RunInHand run, Instant now) {
		SyncState state = with(lane, run);
		boolean heard = this.requested != null && this.requested.trigger() == start.trigger();
		return new SyncState(state.connection, state.epoch, state.chains, state.delta, state.full, state.people,
				heard ? null : this.requested, state.subscriptions,
				(start.trigger() == RunTrigger.SCHEDULE || state.scheduledAt == null) ? now : state.scheduledAt,
				run.isFull() ? now : state.fullAt, state.readAt, state.stale);
	}

	/** The state after Graph has answered a page. */
	public SyncState readAt(Instant now) {
		return new SyncState(this.connection, this.epoch, this.chains, this.delta, this.full, this.people,
				this.requested, this.subscriptions, this.scheduledAt, this.fullAt, now, this.stale);
	}

	/** The state after people were told that freshness is lost, or is there again. */
	public SyncState stale(boolean now) {
		return new SyncState(this.connection, this.epoch, this.chains, this.delta, this.full, this.people,
				this.requested, this.subscriptions, this.scheduledAt, this.fullAt, this.readAt, now);
	}

	private SyncState copy(Map<Resource, Chain> newChains, @Nullable RunInHand newDelta, @Nullable RunInHand newFull) {
		return new SyncState(this.connection, this.epoch, newChains, newDelta, newFull, this.people, this.requested,
				this.subscriptions, this.scheduledAt, this.fullAt, this.readAt, this.stale);
	}

}
