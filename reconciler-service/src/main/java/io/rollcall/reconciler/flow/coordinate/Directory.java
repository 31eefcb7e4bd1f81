package io.rollcall.reconciler.flow.coordinate;

import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.reconciler.rules.Container;
import org.jspecify.annotations.Nullable;

/** What was applied of a connection: facts to walk over, accounts and teams to count. */
public interface Directory {

	/**
	 * The next objects whose own page is older than a stamp, in the order of their ids; a
	 * bounded walk, which may find none and still go on.
	 */
	Slice unseen(ConnectionId connection, Collection<ObjectKind> kinds, Stamp startedAt, @Nullable String cursor);

	/** The next objects with a page of their own, in the order of their ids. */
	Slice everybody(ConnectionId connection, @Nullable String cursor);

	/** How many objects have a page of their own. */
	long count(ConnectionId connection);

	/** The next objects that wait for an account, in the order of what waits for them. */
	Slice waiting(OrganizationId organization, ConnectionId connection, @Nullable String cursor);

	/**
	 * Whoever is in one of some containers, by their codes, in the order of their ids.
	 */
	Slice members(ConnectionId connection, Collection<String> containers, @Nullable String cursor, int limit);

	/**
	 * Those of some containers whose members are for those only who may see hidden ones,
	 * and in which nobody is seen: nothing else tells hidden from empty.
	 */
	List<Container> hidden(ConnectionId connection, Collection<Container> some);

	/** Whether any of some entries of a kind is still to go. */
	boolean isAnyStaged(OrganizationId organization, GuardedKind kind, Collection<Staged.Entry> entries);

	/** Whether a preview showed that all of some entries would go. */
	boolean isPreviewed(String preview, Collection<Staged.Entry> entries);

	/** How many the guard compares with: what is active of a kind. */
	long active(OrganizationId organization, ConnectionId connection, GuardedKind kind);

	/**
	 * Some objects of a walk.
	 *
	 * @param next where it goes on; null at its end
	 */
	record Slice(List<ObjectId> objects, @Nullable String next) {
	}

}
