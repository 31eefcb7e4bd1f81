package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;

import io.rollcall.model.ConnectionId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All connections, with their settings and status. Secrets are stored encrypted. */
public interface Connections {

	Mono<Connection> find(ConnectionId id);

	/** Those that can be read; the others are told of in the log. */
	Flux<Connection> all();

	/** Stores a new connection; false when its id is taken. */
	Mono<Boolean> add(Connection connection);

	/**
	 * Replaces a connection that is still as it was when it was last updated; false when
	 * somebody else was faster.
	 */
	Mono<Boolean> replace(Connection connection, Instant lastUpdate);

	/**
	 * Claims the right to a manual run; false when the last one was less than the
	 * interval ago.
	 */
	Mono<Boolean> claimManualRun(ConnectionId id, Instant now, Duration interval);

	/** Gives back a right that was claimed at the instant and could not be used. */
	Mono<Void> releaseManualRun(ConnectionId id, Instant claimedAt);

}
