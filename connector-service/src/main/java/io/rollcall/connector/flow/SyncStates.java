package io.rollcall.connector.flow;

import java.time.Instant;
import java.util.Collection;

import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How far each connection has come. What the owner writes is conditional on its epoch and
 * ends with {@link OwnershipLost} when another owner has claimed the connection; what
 * hints write is not, as it only ever adds. Owner's writes give back the state with all
 * that hints have added.
 */
public interface SyncStates {

	/** Takes the connection over: its epoch rises and every chain is dirty. */
	Mono<SyncState> claim(ConnectionId connection, Instant now);

	/** The state of an epoch. */
	Mono<SyncState> read(ConnectionId connection, long epoch);

	/** The state, whoever owns it. */
	Mono<SyncState> peek(ConnectionId connection);

	/** Goes on under a higher epoch, as the counter of the present one is used up. */
	Mono<SyncState> raiseEpoch(SyncState state, Instant now);

	/** Stores chains, runs and times; leaves what hints have added alone. */
	Mono<SyncState> save(SyncState state);

	/** The same, and replaces the requested run. */
	Mono<SyncState> saveWithRequest(SyncState state);

	/**
	 * The same when a requested run has begun. Another request that came meanwhile stays.
	 */
	Mono<SyncState> saveHeard(SyncState state, SyncState.Requested heard);

	/** Stores a resource's subscription, or that there is none. */
	Mono<SyncState> saveSubscription(SyncState state, Resource resource, SyncState.@Nullable Subscribed subscription);

	/** A user has been read by itself. */
	Mono<SyncState> personRead(SyncState state, SyncState.Person person);

	/** Hints for some chains of a connection. */
	Mono<Void> hinted(ConnectionId connection, Collection<Resource> resources, Instant at);

	/**
	 * Somebody wants a run. A FULL run that is wanted and has not begun does for any.
	 */
	Mono<Void> requested(ConnectionId connection, SyncState.Requested request);

	/**
	 * What was read has been lost and a FULL run is wanted, unless one began then or
	 * later.
	 */
	Mono<Void> resyncWanted(ConnectionId connection, Instant lostAt);

	/** Somebody wants a user to be read. */
	Mono<Void> personWanted(ConnectionId connection, Collection<SyncState.Person> reads);

	/** Graph wants a subscription to be authorized again. */
	Mono<Void> reauthorizationWanted(ConnectionId connection, String subscription);

	/** Another owner has claimed the connection. */
	final class OwnershipLost extends RuntimeException {

		private static final long serialVersionUID = 1L;

		public OwnershipLost(ConnectionId connection, long epoch) {
			super("Connection %s has another owner than that of epoch %d".formatted(connection, epoch), null, false,
					false);
		}

	}

}
