package io.rollcall.connector.flow;

import java.time.Instant;

import io.rollcall.connector.rules.Resource;

/** The change notifications that Graph was asked for, with a connection's credential. */
public interface Subscriptions {

	/** A subscription as Graph tells it. */
	record Subscription(String id, Instant expiresAt) {
	}

	/**
	 * Graph calls the webhook before this is answered.
	 * @param clientState what Graph must repeat with every notification
	 */
	Answer<Subscription> create(Connection connection, Resource resource, Secret clientState, Instant expiresAt);

	/** Renews and authorizes again. */
	Answer<Subscription> renew(Connection connection, String id, Instant expiresAt);

	Answer<Subscription> find(Connection connection, String id);

	/** Takes back what was asked for; false for one that is not there. */
	Answer<Boolean> delete(Connection connection, String id);

}
