package io.rollcall.reconciler.flow;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.rules.Rules;
import reactor.core.publisher.Mono;

/** The published rules of connections. */
public interface RulesBook {

	/** The newest published rules; the standard ones when none were published. */
	Mono<Rules> current(ConnectionId connection);

}
