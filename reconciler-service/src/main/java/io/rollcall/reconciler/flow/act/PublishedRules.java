package io.rollcall.reconciler.flow.act;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/** Every version of every connection's rules; the newest stands beside its status. */
public interface PublishedRules {

	/** Null while nothing was told of it. */
	@Nullable Connection connection(ConnectionId connection);

	/** Stores the next version; false when another one is the newest. */
	boolean add(ConnectionId connection, int before, Rules next, String by, Instant at);

	/** Who published a version, and when; null for the standard rules. */
	@Nullable Publication publication(ConnectionId connection, int version);

	/** Who published rules. */
	record Publication(String by, Instant at) {
	}

}
