package io.rollcall.notifier.flow;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.notifier.rules.LastingState;

/** What lasts, and what has ended lately. */
public interface LastingStates {

	List<LastingState> of(Collection<ConnectionId> connections);

	/** Those that last and whose reminder is due. */
	List<LastingState> due(Instant now, int limit);

	/**
	 * Stores each if nobody has stored it since it was read; says whether all of them
	 * were.
	 */
	boolean store(Collection<LastingState> states);

}
