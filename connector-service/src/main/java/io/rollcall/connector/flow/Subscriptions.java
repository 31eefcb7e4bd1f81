package io.rollcall.connector.flow;

import java.time.Instant;

import io.rollcall.connector.rules.Resource;
import reactor.core.publisher.Mono;

/** The change notifications that Graph was asked for. */
public interface Subscriptions {

	/** A subscription as Graph tells it. */
	record Subscription(String id, Instant expiresAt) {
	}

	/** Graph calls the webhook before this is answered. */
	Mono<Answer<Subscription>> create(Connection connection, Resource resource, Instant expiresAt);

	/** Renews and authorizes again. */
	Mono<Answer<Subscription>> renew(Connection connection, String id, Instant expiresAt);

	Mono<Answer<Subscription>> find(Connection connection, String id);

	/** Takes back what was asked for; one that is not there is as good. */
	Mono<Answer<Boolean>> delete(Connection connection, String id);

}
