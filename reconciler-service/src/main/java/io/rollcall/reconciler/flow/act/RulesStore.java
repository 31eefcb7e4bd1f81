package io.rollcall.reconciler.flow.act;

import io.rollcall.model.ConnectionId;
import reactor.core.publisher.Mono;

/** Every version of every connection's rules. */
public interface RulesStore {

	/** The newest; empty when none were published. */
	Mono<PublishedRules> newest(ConnectionId connection);

	/** Stores a version; false when it is taken. */
	Mono<Boolean> add(PublishedRules rules);

}
