package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.rollcall.connector.rules.SyncState.Chain;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for a connection, and when, by what is stored of it. A chain is
 * asked not so soon that each of many hints has a read of its own, and also when nobody
 * called, as delta can lag behind its own notification and notifications get lost in
 * silence.
 *
 * @param afterHint how long after the last hint a chain is asked again, ascending
 * @param always at the latest this long after it was asked
 */
public record Due(List<Duration> afterHint, Duration always) {

	/** The hints that come within it after a read share the next one. */
	private static final Duration HINTS_SHARE = Duration.ofMillis(100);

	/** How often a scheduled run is a FULL one. */
	private static final Duration FULL_EVERY = Duration.ofDays(7);

	public Due {
		afterHint = List.copyOf(afterHint);
	}

	/** When a chain is to be asked, as far as is known now; never if it is lost. */
	public Instant read(SyncState state, Resource resource) {
		Chain chain = state.chain(resource);
		if (!chain.isAlive()) {
			return Instant.MAX;
		}
		if (chain.isReading()) {
			return Instant.MIN;
		}
		Instant asked = chain.askedAt();
		if (asked == null) {
			return Instant.MIN;
		}
		Instant hinted = state.hinted(resource).at();
		Stream<Instant> again = (hinted != null) ? this.afterHint.stream().map(hinted::plus) : Stream.empty();
		Stream<Instant> dirty = state.isDirty(resource) ? Stream.of(asked.plus(HINTS_SHARE)) : Stream.empty();
		Instant latest = asked.plus(this.always);
		return Stream.concat(dirty, again.filter((each) -> each.isAfter(asked)))
			.min(Comparator.naturalOrder())
			.filter(latest::isAfter)
			.orElse(latest);
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

	private static boolean isFullDue(Position position, Instant now) {
		return position.fullAt() == null || !position.fullAt().plus(FULL_EVERY).isAfter(now);
	}

	private static boolean covers(Position position, Selection needed) {
		return Resource.ALL.stream().allMatch((resource) -> {
			List<String> read = position.chain(resource).attributes();
			return read.containsAll(needed.of(resource));
		});
	}

}
