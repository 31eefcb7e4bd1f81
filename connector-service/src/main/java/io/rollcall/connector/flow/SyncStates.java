package io.rollcall.connector.flow;

import java.time.Instant;
import java.util.Collection;

import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * How far each connection has come. What the owner writes is conditional on its epoch and
 * ends with {@link OwnershipLost} when another owner has claimed the connection; what
 * hints write is not, as it only ever adds. The owner's writes give back the state with
 * all that hints have added.
 */
public interface SyncStates {

	/** Takes the connection over: its epoch rises and every chain is dirty. */
	SyncState claim(ConnectionId connection, SourceId source, Instant now);

	/** The state, whoever owns the connection. */
	@Nullable SyncState find(ConnectionId connection);

	/** Goes on under a higher epoch, as the counter of the present one is used up. */
	SyncState raiseEpoch(SyncState state);

	/** Stores the owner's position; leaves what hints have added alone. */
	SyncState save(SyncState state);

	/** The same, and the requested run is heard unless another one came meanwhile. */
	SyncState saveHeard(SyncState state, SyncState.Requested heard);

	/** The same, and asks for a run. */
	SyncState saveRequesting(SyncState state, SyncState.Requested request);

	/** Hints for some chains of every connection of a source. */
	void hinted(SourceId source, Collection<Resource> resources, Instant at);

	/** Nobody knows for which chains hints came: all of all connections are dirty. */
	void hintsLost();

	/**
	 * Somebody wants a run. A FULL run that is wanted and has not begun does for any.
	 */
	void requested(ConnectionId connection, SyncState.Requested request);

	/**
	 * What was read has been lost and a FULL run is wanted, unless one began then or
	 * later.
	 */
	void resyncWanted(ConnectionId connection, Instant lostAt);

	/** Another owner has claimed the connection. */
	final class OwnershipLost extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public OwnershipLost(ConnectionId connection, long epoch) {
			super("Connection %s has another owner than that of epoch %d".formatted(connection, epoch), null, false,
					false);
		}

	}

}
