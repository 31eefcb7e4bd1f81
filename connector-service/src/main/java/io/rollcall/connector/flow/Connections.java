package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * All connections, with their settings and status. Secrets are stored encrypted; one that
 * cannot be decrypted is missing, and stays stored.
 */
public interface Connections {

	@Nullable Connection find(ConnectionId id);

	List<Connection> all();

	/** Stores a new connection; false when its id is taken. */
	boolean add(Connection connection);

	/**
	 * Replaces a connection that is still as it was; false when somebody else was faster.
	 */
	boolean replace(Connection there, Connection next);

	/** The rules need other attributes; of two versions the higher one counts. */
	void needs(ConnectionId id, Connection.Needs needs);

	/**
	 * Claims the right to a manual run; false when the last one was less than the
	 * interval ago.
	 */
	boolean claimManualRun(ConnectionId id, Instant now, Duration interval);

	/** Gives back a right that was claimed at the instant and could not be used. */
	void releaseManualRun(ConnectionId id, Instant claimedAt);

}
