package io.rollcall.reconciler.flow.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * What an organization's guard said in the last 24 hours; its version makes the guard
 * judge one run at a time.
 */
public record GuardLedger(OrganizationId organization, long version, List<Entry> entries) {

	private static final Duration WINDOW = Duration.ofHours(24);

	public GuardLedger {
		entries = List.copyOf(entries);
	}

	/** What was said to a run; nothing if it has not been judged. */
	public List<Entry> of(ConnectionId connection, RunId run) {
		return this.entries.stream()
			.filter((entry) -> entry.connection().equals(connection) && entry.run().equals(run))
			.toList();
	}

	/** How many of a kind the guard let go of by itself within the window. */
	public long released(ConnectionId connection, GuardedKind kind, Instant now) {
		return this.entries.stream()
			.filter((entry) -> entry.connection().equals(connection) && entry.kind() == kind && entry.heldBy() == null
					&& entry.at().isAfter(now.minus(WINDOW)))
			.mapToLong(Entry::count)
			.sum();
	}

	/** With more said, and without what left the window. */
	public GuardLedger plus(List<Entry> said, Instant now) {
		List<Entry> all = new ArrayList<>(
				this.entries.stream().filter((entry) -> entry.at().isAfter(now.minus(WINDOW))).toList());
		all.addAll(said);
		return new GuardLedger(this.organization, this.version + 1, all);
	}

	/**
	 * What the guard said about one kind of one run.
	 *
	 * @param heldBy the limit that held it, in words, or null when it went through
	 */
	public record Entry(ConnectionId connection, RunId run, GuardedKind kind, long count, long total,
			@Nullable String heldBy, Instant at) {
	}

}
