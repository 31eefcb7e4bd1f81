package io.rollcall.model.run;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.event.Event;
import org.jspecify.annotations.Nullable;

/** The life of runs and connections, for people. */
public sealed interface RunEvent extends Event {

	OrganizationId organization();

	ConnectionId connection();

	Instant at();

	@Override
	default String key() {
		return connection().value();
	}

	/** A run began. */
	record RunStarted(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode, RunTrigger trigger,
			@Nullable String by, Instant at) implements RunEvent {
	}

	/** A long run is on its way; at most one a second. */
	record RunProgressed(OrganizationId organization, ConnectionId connection, RunId run, ReadCounts read,
			Tally applied, Instant at) implements RunEvent {
	}

	/**
	 * A run ended: everything it sent has been decided and applied, or is held.
	 *
	 * @param about whether the numbers are a little off, as a stretch was applied twice
	 * @param problem why it was abandoned, or which partitions were not swept; null when
	 * all is well
	 */
	record RunEnded(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode, RunTrigger trigger,
			@Nullable String by, Outcome outcome, ReadCounts read, Tally applied, long held, boolean about,
			@Nullable Problem problem, Instant startedAt, Instant at) implements RunEvent {
	}

	/** How a run ended. */
	enum Outcome {

		COMPLETED,
		/** Cut off; a successor begins anew where one is needed. */
		ABANDONED

	}

	/**
	 * The guard held a set for a person. A held set is closed: it never grows.
	 *
	 * @param hash what an approval must name: it stands for exactly this set
	 * @param total how many the connection has of the kind
	 * @param limit how many may go within 24 hours
	 * @param names the first of them, for people
	 */
	record SetHeld(OrganizationId organization, ConnectionId connection, String hash, GuardedKind kind, long count,
			long total, long limit, List<String> names, @Nullable RunId run, Instant at) implements RunEvent {
	}

	/** A held set was approved or rejected by a person, or nothing of it is left. */
	record HeldSetClosed(OrganizationId organization, ConnectionId connection, String hash, GuardedKind kind,
			boolean approved, @Nullable String by, Instant at) implements RunEvent {
	}

	/** A connection was created or its settings changed. */
	record ConnectionSaved(OrganizationId organization, ConnectionId connection, String name, String tenant,
			Instant at) implements RunEvent {
	}

	/** A connection reads its tenant from now on. */
	record ConnectionActivated(OrganizationId organization, ConnectionId connection, String by,
			Instant at) implements RunEvent {
	}

	/** A person paused or deactivated a connection. */
	record ConnectionStopped(OrganizationId organization, ConnectionId connection, ConnectionStatus status, String by,
			Instant at) implements RunEvent {
	}

	/**
	 * A connection cannot be read; told once, until it works again.
	 *
	 * @param retryAt when it is tried again; it always is
	 */
	record ConnectionFailing(OrganizationId organization, ConnectionId connection, Problem problem, Instant retryAt,
			Instant at) implements RunEvent {
	}

	/** A connection works again after {@link ConnectionFailing}. */
	record ConnectionRecovered(OrganizationId organization, ConnectionId connection, Instant at) implements RunEvent {
	}

	/** Nothing has been read from the tenant for longer than was promised. */
	record FreshnessLost(OrganizationId organization, ConnectionId connection, Instant lastRead, Problem problem,
			Instant at) implements RunEvent {
	}

	/** The tenant is being read again after {@link FreshnessLost}. */
	record FreshnessRestored(OrganizationId organization, ConnectionId connection, Instant at) implements RunEvent {
	}

	/**
	 * Records were deleted before they were read; what can be made up for is on its way.
	 */
	record RecordsLost(OrganizationId organization, ConnectionId connection, Problem problem,
			Instant at) implements RunEvent {
	}

	/**
	 * What a connection sends fails again and again and is passed over, so that others go
	 * on; it begins anew with a FULL run when it can be applied again.
	 */
	record ConnectionSetAside(OrganizationId organization, ConnectionId connection, Problem problem,
			Instant at) implements RunEvent {
	}

	/** What a connection sends is applied again after {@link ConnectionSetAside}. */
	record ConnectionTakenBack(OrganizationId organization, ConnectionId connection, Instant at) implements RunEvent {
	}

	/**
	 * Something could not be processed and waits for a person.
	 *
	 * @param service whose dead letter it is
	 * @param letter its id there
	 * @param problem why
	 */
	record DeadLetterWaiting(OrganizationId organization, ConnectionId connection, String service, String letter,
			Problem problem, Instant at) implements RunEvent {
	}

	/** No dead letter of the connection waits in the service any more. */
	record DeadLettersSettled(OrganizationId organization, ConnectionId connection, String service,
			Instant at) implements RunEvent {
	}

}
