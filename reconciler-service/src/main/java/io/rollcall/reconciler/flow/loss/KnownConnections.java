package io.rollcall.reconciler.flow.loss;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import reactor.core.publisher.Flux;

/** The connections of which facts are known. */
public interface KnownConnections {

	/** Each of them once. */
	Flux<Known> all();

	/** A connection and whose it is. */
	record Known(OrganizationId organization, ConnectionId connection) {
	}

}
