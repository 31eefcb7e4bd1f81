package io.rollcall.model.run;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.event.Event;
import org.jspecify.annotations.Nullable;

/** The life of runs and connections. */
public sealed interface RunEvent extends Event {

	OrganizationId organization();

	ConnectionId connection();

	Instant at();

	@Override
	default String key() {
		return connection().value();
	}

	/** The connector began to read. */
	record RunStarted(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode, RunTrigger trigger,
			@Nullable String by, Instant at) implements RunEvent {
	}

	/** A long run is on its way; at most one a second. */
	record RunProgressed(OrganizationId organization, ConnectionId connection, RunId run, ReadCounts counts,
			Instant at) implements RunEvent {
	}

	/**
	 * Everything the run reads has been published; what it means is still being decided.
	 */
	record RunRead(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode, RunTrigger trigger,
			ReadCounts counts, Instant startedAt, Instant at) implements RunEvent {
	}

	/** Everything the run read has been decided and applied, or is held. */
	record RunCompleted(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode,
			RunTrigger trigger, ReadCounts read, ApplyCounts applied, Instant at) implements RunEvent {
	}

	/**
	 * A run could not go on.
	 *
	 * @param retryAt when it is tried again, or null when it waits for a person
	 */
	record RunFailed(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode, RunTrigger trigger,
			Problem problem, @Nullable Instant retryAt, Instant at) implements RunEvent {
	}

	/**
	 * The guard held a set of leavers or removals for a person.
	 *
	 * @param hash what an approval must name: it stands for exactly this set
	 * @param limit the limit that was exceeded, in words
	 */
	record SetHeld(OrganizationId organization, ConnectionId connection, RunId run, GuardedKind kind, long count,
			long total, String limit, String hash, Instant at) implements RunEvent {
	}

	/** What the guard counts. */
	enum GuardedKind {

		ACCOUNTS, MEMBERSHIPS, TEAMS

	}

	/** A held set was approved or rejected by a person. */
	record HeldSetClosed(OrganizationId organization, ConnectionId connection, RunId run, String hash, boolean approved,
			String by, Instant at) implements RunEvent {
	}

	/** A connection was created or its settings changed. */
	record ConnectionSaved(OrganizationId organization, ConnectionId connection, String name, String tenant,
			Instant at) implements RunEvent {
	}

	/** A connection reads its tenant from now on. */
	record ConnectionActivated(OrganizationId organization, ConnectionId connection, String by,
			Instant at) implements RunEvent {
	}

	/** A connection stopped reading until a person acts. */
	record ConnectionPaused(OrganizationId organization, ConnectionId connection, Problem problem,
			Instant at) implements RunEvent {
	}

	/** Nothing has been read from the tenant for longer than was promised. */
	record FreshnessLost(OrganizationId organization, ConnectionId connection, Instant lastRead, Problem problem,
			Instant at) implements RunEvent {
	}

	/** The tenant is being read again after {@link FreshnessLost}. */
	record FreshnessRestored(OrganizationId organization, ConnectionId connection, Instant at) implements RunEvent {
	}

	/**
	 * Observations were deleted before they were applied; the tenant is read again as a
	 * whole.
	 */
	record RecordsLost(OrganizationId organization, ConnectionId connection, Problem problem,
			Instant at) implements RunEvent {
	}

}
