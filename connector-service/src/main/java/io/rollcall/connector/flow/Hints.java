package io.rollcall.connector.flow;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.hint.Hint;
import reactor.core.publisher.Mono;

/** What asks a connection's owner to look at Graph, on its way to the owner. */
public interface Hints {

	/** Publishes all and ends when all are acknowledged. */
	Mono<Void> publish(List<Hint> hints);

	/** The partition whose owner owns the connection. */
	int partitionOf(ConnectionId connection);

}
