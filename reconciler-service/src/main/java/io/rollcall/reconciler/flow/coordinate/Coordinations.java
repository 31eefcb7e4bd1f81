package io.rollcall.reconciler.flow.coordinate;

import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;

/** What is to be done for each connection. */
public interface Coordinations {

	/** Prepares the store, unless it is prepared. */
	void prepare();

	/**
	 * Takes a connection over: reads its document, made where there is none, and raises
	 * its epoch and version, so that no former owner can write it any more.
	 */
	Versioned<Coordination> claim(Known connection);

	/**
	 * Writes it.
	 * @throws TakenOver when another version is stored
	 */
	Versioned<Coordination> save(Versioned<Coordination> changed);

	/** All connections of partitions of the progress topic. */
	List<Known> of(Collection<Integer> partitions);

	/** A connection that was told of at some time. */
	record Known(ConnectionId connection, OrganizationId organization, int partition) {
	}

}
