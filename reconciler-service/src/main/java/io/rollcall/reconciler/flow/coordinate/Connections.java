package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.progress.Progress.ConnectionChanged;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * What apply reads of a connection: its status stands beside its rules. Every version of
 * them is kept.
 */
public interface Connections {

	/**
	 * Stores the settings and status that the connector told, unless newer ones are
	 * stored.
	 */
	void store(ConnectionChanged changed);

	/** Stores whether what the connection sends is passed over. */
	void passOver(ConnectionId connection, boolean passedOver);

	/**
	 * Stores the containers that the rules name and whose members Graph does not show.
	 */
	void hide(ConnectionId connection, Collection<Container> hidden);

	/**
	 * Stores a version of the rules, which does not hold yet.
	 * @return false when that version is stored already
	 */
	boolean add(ConnectionId connection, Rules next, String by, Instant at);

	/** From now on a version of the rules holds, unless a later one does. */
	void setRules(ConnectionId connection, int version);

	/** Who published a version, and when; null for the standard rules. */
	@Nullable Published published(ConnectionId connection, int version);

	/** The rules of a version; null when there is none. */
	@Nullable Rules rules(ConnectionId connection, int version);

	/**
	 * The versions that were published, the newest first.
	 * @param before those that are older than this one; null for the newest
	 */
	List<Version> versions(ConnectionId connection, @Nullable Integer before, int limit);

	/** Null while the connector told nothing of it. */
	@Nullable Connection find(ConnectionId connection);

	/** One version of the rules. */
	record Version(int version, Published published) {
	}

	/** Who published rules. */
	record Published(String by, Instant at) {
	}

}
