package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.rollcall.connector.rules.SyncState.Chain;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for a connection, and when, by what is stored of it.
 *
 * @param fullEvery how often a scheduled run is a FULL one
 */
public record Due(AskAgain askAgain, Duration fullEvery) {

	/** When a chain is to be asked, as far as is known now; never if it is lost. */
	public Instant read(SyncState state, Resource resource) {
		Chain chain = state.chain(resource);
		if (!chain.isAlive()) {
			return Instant.MAX;
		}
		if (chain.isReading()) {
			return Instant.MIN;
		}
		Instant hinted = state.isDirty(resource) ? this.askAgain.hinted(chain.askedAt()) : Instant.MAX;
		Instant again = this.askAgain.next(state.hinted(resource).at(), chain.askedAt());
		return hinted.isBefore(again) ? hinted : again;
	}

	/**
	 * The run that is to begin, or null. One runs at a time; a FULL run is as good as any
	 * other that is wanted.
	 * @param needed what has to be read of Graph
	 * @param scheduled when the schedule wants a run, if it does
	 */
	public @Nullable Requested run(SyncState state, Selection needed, @Nullable Instant scheduled, Instant now) {
		Position position = state.position();
		Requested requested = state.requested();
		if (position.run() != null) {
			return null;
		}
		boolean isScheduled = scheduled != null && !scheduled.isAfter(now);
		if (requested != null && (requested.mode() == RunMode.FULL || !position.isAlive())) {
			return new Requested(RunMode.FULL, requested.trigger(), requested.by());
		}
		if (!position.isAlive()) {
			return new Requested(RunMode.FULL, (position.fullAt() == null) ? RunTrigger.ACTIVATION : RunTrigger.RESYNC,
					null);
		}
		if (!covers(position, needed)) {
			return new Requested(RunMode.FULL, RunTrigger.RULES, null);
		}
		if (isScheduled && isFullDue(position, now)) {
			return new Requested(RunMode.FULL, RunTrigger.SCHEDULE, null);
		}
		if (requested != null) {
			return requested;
		}
		return isScheduled ? new Requested(RunMode.DELTA, RunTrigger.SCHEDULE, null) : null;
	}

	private boolean isFullDue(Position position, Instant now) {
		return position.fullAt() == null || !position.fullAt().plus(this.fullEvery).isAfter(now);
	}

	private static boolean covers(Position position, Selection needed) {
		return Resource.ALL.stream().allMatch((resource) -> {
			List<String> read = position.chain(resource).attributes();
			return read.containsAll(needed.of(resource));
		});
	}

}
