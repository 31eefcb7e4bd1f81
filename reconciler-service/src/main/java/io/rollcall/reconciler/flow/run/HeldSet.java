package io.rollcall.reconciler.flow.run;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * A set that the guard held for a person.
 *
 * @param run the run that was held
 * @param hash stands for exactly this set
 * @param limit the limit that was exceeded, in words
 * @param pages where its items are stored
 * @param by who judged it, if anybody did
 * @param released how many of its pages have been published
 */
public record HeldSet(OrganizationId organization, ConnectionId connection, RunId run, GuardedKind kind, String hash,
		long count, long total, String limit, List<String> pages, Status status, Instant at, @Nullable String by,
		int released) {

	public HeldSet {
		pages = List.copyOf(pages);
	}

	/** Where a held set is on its way. */
	public enum Status {

		/** It waits for a person. */
		OPEN,
		/** A person approved it, and it is being published. */
		RELEASING,
		/** It was approved and published. */
		APPROVED,
		/** A person rejected it: it stays staged. */
		REJECTED,
		/** What is staged has changed since: this set can no longer be judged. */
		SUPERSEDED

	}

}
