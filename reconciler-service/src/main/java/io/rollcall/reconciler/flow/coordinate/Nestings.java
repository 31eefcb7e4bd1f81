package io.rollcall.reconciler.flow.coordinate;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import org.jspecify.annotations.Nullable;

/** Groups in groups: what was observed of them, and what is stored to follow from it. */
public interface Nestings {

	/** The next groups in the order of their ids; a bounded walk, as those of others. */
	Slice walk(ConnectionId connection, @Nullable String cursor);

	/** Some groups, as far as anything was observed of them. */
	List<Facts> groups(ConnectionId connection, Collection<ObjectId> some);

	/** The groups that are in one of some, whether that counts or not. */
	List<Facts> groupsIn(ConnectionId connection, Collection<ObjectId> some);

	/** What is stored of some groups. */
	Map<ObjectId, Nesting> find(ConnectionId connection, Collection<ObjectId> some);

	/** All that is stored. */
	Map<ObjectId, Nesting> all(ConnectionId connection);

	/**
	 * Stores some.
	 * @param by the version of the coordination that says so
	 * @throws WrittenByOthers when a later one said something else
	 */
	void write(ConnectionId connection, Collection<Nesting> some, long by);

	/** Takes out all of them. */
	void forget(ConnectionId connection);

	/**
	 * Some groups of a walk.
	 *
	 * @param next where it goes on; null at its end
	 */
	record Slice(List<Facts> groups, @Nullable String next) {
	}

}
