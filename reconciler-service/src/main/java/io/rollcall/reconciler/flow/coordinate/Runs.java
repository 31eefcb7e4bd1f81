package io.rollcall.reconciler.flow.coordinate;

import java.util.List;

import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;

/** The runs of all connections. */
public interface Runs {

	/** Those that have not ended, the oldest first. */
	List<Run> open(ConnectionId connection);

	/**
	 * Writes one.
	 * @throws WrittenByOthers when another version is stored
	 */
	void save(Run changed);

	/** Takes out a run that did nothing. */
	void remove(Run run);

	@Nullable Run find(ConnectionId connection, RunId run);

	/**
	 * The newest first.
	 * @param before those that are older than this one; null for the newest
	 */
	List<Run> newest(ConnectionId connection, @Nullable String before, int limit);

}
