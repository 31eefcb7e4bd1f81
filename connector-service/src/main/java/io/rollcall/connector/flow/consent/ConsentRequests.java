package io.rollcall.connector.flow.consent;

import java.util.List;

import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;

/** All requests for consent, also those that have ended. */
public interface ConsentRequests {

	void add(Consent consent);

	@Nullable Consent find(String id);

	/** The newest first. */
	List<Consent> of(ConnectionId connection);

	/**
	 * Replaces one that is still as it was; false when something else came of it
	 * meanwhile.
	 */
	boolean replace(Consent there, Consent next);

}
