package io.rollcall.reconciler.flow.history;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.reconciler.flow.view.Page;
import org.jspecify.annotations.Nullable;

/** The changes of accounts and teams, the newest first. */
public interface Histories {

	/** Keeps changes; one that is kept already is kept once. */
	void add(Collection<Change> changes);

	/**
	 * The changes of an account or a team.
	 * @param subject its id
	 */
	Page<Change> of(OrganizationId organization, String subject, @Nullable String cursor, int limit);

	/** The changes of a connection. */
	Page<Change> of(ConnectionId connection, Query query, @Nullable String cursor, int limit);

	/**
	 * How many changes live reads led to, hour by hour, the newest first; an hour without
	 * any is left out.
	 */
	List<Hour> live(ConnectionId connection, Instant from, Instant until);

	/**
	 * What to look for; null does not matter.
	 *
	 * @param what what matters most in it, such as {@code DEACTIVATED}
	 * @param from the earliest
	 * @param until later than the latest
	 */
	record Query(@Nullable RunId run, @Nullable String what, @Nullable Instant from, @Nullable Instant until) {
	}

	/**
	 * What live reads led to in an hour.
	 *
	 * @param changes by what matters most in them
	 */
	record Hour(Instant hour, Map<String, Long> changes) {
	}

}
