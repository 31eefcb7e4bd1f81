package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.GuardedKind;
import org.jspecify.annotations.Nullable;

/** The sets that the guard held. They are closed: none ever grows. */
public interface HeldSets {

	/** Stores a set; one that is stored already stays as it is. */
	void add(HeldSet set);

	@Nullable HeldSet find(ConnectionId connection, String hash);

	/** The newest first. */
	List<HeldSet> of(ConnectionId connection, HeldSet.@Nullable Status status, int limit);

	/**
	 * Stores what became of a set, unless it is closed: whether it is what is stored.
	 * @param by null where no person said it
	 */
	boolean judge(ConnectionId connection, String hash, HeldSet.Status status, @Nullable List<String> only,
			@Nullable String by, Instant at);

	/** A set that was approved waits for a person again, if it is there. */
	void reopen(ConnectionId connection, String hash);

	/**
	 * A held set.
	 *
	 * @param hash stands for exactly this set
	 * @param run the run that staged it; null for what live reads staged
	 * @param total how many of the kind the connection had
	 * @param limit how many of them may go within 24 hours
	 * @param names the first of them
	 * @param only the accounts and teams that were approved, where not all were
	 * @param by who judged it
	 */
	record HeldSet(OrganizationId organization, ConnectionId connection, String hash, GuardedKind kind, long count,
			long total, long limit, List<String> names, @Nullable RunId run, Instant at, Status status,
			@Nullable List<String> only, @Nullable String by, @Nullable Instant judgedAt) {

		/** What became of it. */
		public enum Status {

			/** It waits for a person. */
			OPEN, APPROVED, REJECTED,
			/** Nothing of it was left to release. */
			OVER

		}

	}

}
