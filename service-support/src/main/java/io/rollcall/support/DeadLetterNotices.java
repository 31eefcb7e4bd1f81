package io.rollcall.support;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;

/**
 * Who is told of letters whose connection is known; one bean of a service at most. Told
 * at least once: publish with an id that says what it is about.
 */
public interface DeadLetterNotices {

	/**
	 * A letter waits; its organization and connection are known. Asked again when it
	 * fails, as the record is then delivered again.
	 */
	void waiting(DeadLetter letter);

	/** No letter of the connection waits any more: redriven, discarded or expired. */
	void settled(OrganizationId organization, ConnectionId connection);

}
