package io.rollcall.connector.flow;

import java.util.List;
import java.util.Set;

import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/** The Entra tenants, read through Graph with a connection's credential. */
public interface Tenants {

	/**
	 * A page of a delta chain; a null link opens a new chain.
	 * @param attributes those that the chain is, or was, opened with
	 */
	Answer<Page> page(Connection connection, Resource resource, @Nullable String link, List<String> attributes);

	/**
	 * One object by its id: its attributes, and a user's manager, or that it has none, as
	 * its only edge.
	 */
	Answer<Cell.ObjectRead> object(Connection connection, Resource resource, ObjectId object, List<String> attributes);

	/** What a user is directly in, or who is directly in a group or unit. */
	Answer<Related> related(Connection connection, Resource resource, ObjectId object, @Nullable String link);

	/** Whether an object is among the deleted items. */
	Answer<Boolean> isDeleted(Connection connection, ObjectId object);

	/** Whether Entra accepts the credential. */
	Answer<Boolean> accepts(Connection connection);

	/** The features that a new token has permissions for; none where it does not tell. */
	Answer<Set<Feature>> granted(Connection connection);

	/** Forgets the client and the tokens of a connection. */
	void forget(ConnectionId connection);

	/**
	 * A page of a delta chain; exactly one of its links is there.
	 *
	 * @param cells what it says, in its order: an object, then its edges and manager
	 * @param setAside how many objects and edges had no usable id and are not among the
	 * cells
	 */
	record Page(List<Cell> cells, int setAside, @Nullable String nextLink, @Nullable String deltaLink) {
	}

	/** A page of related objects. */
	record Related(List<Found> objects, @Nullable String nextLink) {
	}

	/** A related object. */
	record Found(ObjectId object, ObjectKind kind) {
	}

}
