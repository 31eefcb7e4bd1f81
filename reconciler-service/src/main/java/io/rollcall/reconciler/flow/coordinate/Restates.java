package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;

/** Directory objects whose account's state is to be published once more. */
public interface Restates {

	void add(ConnectionId connection, ObjectId object, Instant at);

	/** Those that are due, and when the first of the others is. */
	Due due(ConnectionId connection, Instant now, int limit);

	void forget(ConnectionId connection, Collection<ObjectId> objects);

	/**
	 * What is due.
	 *
	 * @param next when to ask again; null when nothing else waits
	 */
	record Due(List<ObjectId> objects, @Nullable Instant next) {
	}

}
