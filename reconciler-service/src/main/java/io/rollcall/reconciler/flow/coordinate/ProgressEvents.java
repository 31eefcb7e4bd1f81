package io.rollcall.reconciler.flow.coordinate;

import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.progress.Progress;
import org.jspecify.annotations.Nullable;

/** What was told of connections and is not dealt with yet, a document each. */
public interface ProgressEvents {

	/** Stores what was told; what is stored already stays as it is. */
	void add(Collection<Told> told);

	/** The next of a connection, in the order in which they stood in their topic. */
	List<Told> next(ConnectionId connection, int limit);

	void forget(Collection<Told> told);

	/** Whether and where something waits, of partitions of the progress topic. */
	List<Coordinations.Known> waiting(Collection<Integer> partitions);

	/**
	 * One event.
	 *
	 * @param event null where events were lost before this place
	 */
	record Told(ConnectionId connection, OrganizationId organization, int partition, Position position,
			@Nullable Progress event) {
	}

}
