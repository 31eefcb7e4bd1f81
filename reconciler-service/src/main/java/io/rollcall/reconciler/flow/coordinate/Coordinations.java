package io.rollcall.reconciler.flow.coordinate;

import java.util.Collection;
import java.util.List;

import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.progress.Progress;
import org.jspecify.annotations.Nullable;

/** What was told of connections, and what is to be done for each. */
public interface Coordinations {

	/** Stores what was told; what is stored already stays as it is. */
	void add(Collection<Told> told);

	/** All connections of partitions of the progress topic. */
	Collection<Known> of(Collection<Integer> partitions);

	/**
	 * Takes a connection over: reads its document, made where there is none, and raises
	 * its version, so that no former owner can write it any more.
	 */
	Coordination claim(Known connection);

	/** A copy to look at; null when nobody coordinated the connection yet. */
	@Nullable Coordination find(ConnectionId connection);

	/**
	 * Writes it.
	 * @throws WrittenByOthers when another version is stored
	 */
	void save(Coordination changed);

	/** What was told next, in the order in which it stood in its topic. */
	List<Told> next(ConnectionId connection, int limit);

	/** Takes out what was dealt with. */
	void forget(Collection<Told> told);

	/** A connection that was told of at some time. */
	record Known(ConnectionId connection, OrganizationId organization, int partition) {
	}

	/**
	 * One event.
	 *
	 * @param event null where events were lost before this place
	 */
	record Told(Known of, Position position, @Nullable Progress event) {
	}

}
