package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.reconciler.rules.EmailKeys;
import org.jspecify.annotations.Nullable;

/**
 * What was staged and waits: a document an entry, numbered as they came, so that a set is
 * "all of a run up to this one". Taken out when it went. Sets that the guard held are
 * closed: none ever grows.
 */
public interface StagedEntries {

	/**
	 * What an account or a team loses, in one word.
	 * @param of the team that is left, the key of the new address
	 */
	static String loss(GuardedKind kind, @Nullable String of) {
		return (of != null) ? kind + ":" + of : kind.name();
	}

	/** What an entry says. */
	static String loss(Staged.Entry entry) {
		return loss(entry.kind(), switch (entry.kind()) {
			case ACCOUNTS, TEAMS -> null;
			case MEMBERSHIPS -> entry.team();
			case ADDRESSES -> EmailKeys.of(String.valueOf(entry.reason().parameters().get("email")));
		});
	}

	/**
	 * Stores entries; one that is there already, of the same revision, stays what it is.
	 */
	void add(ConnectionId connection, List<Waiting> entries);

	/**
	 * Those that are to be judged, in order.
	 * @param run the run that staged them; null for what live reads staged
	 * @param after the last one of the page before
	 * @param upTo the last one that was judged; null for all
	 */
	List<Waiting> unjudged(ConnectionId connection, @Nullable RunId run, @Nullable String after, @Nullable String upTo,
			int limit);

	/** Takes out all of a run up to one. */
	void forget(ConnectionId connection, @Nullable RunId run, String upTo);

	/** What a run staged and did not judge waits like what live reads staged. */
	long leave(ConnectionId connection, RunId run);

	/** Makes all of the set's kind and run up to one a held set, unless they are. */
	void hold(HeldSet set, String upTo);

	/**
	 * Moves the others of a held set, if there are any, into one of their own.
	 * @return how many are there then
	 */
	long split(ConnectionId connection, String hash, Collection<String> stay, String hashOfOthers);

	/** Stores a set; one that is stored already stays as it is. */
	void add(HeldSet set);

	@Nullable HeldSet find(ConnectionId connection, String hash);

	/** The newest first. */
	List<HeldSet> sets(ConnectionId connection, HeldSet.@Nullable Status status, int limit);

	/** The members of a held set, in order. */
	List<Waiting> held(ConnectionId connection, String hash, @Nullable String after, int limit);

	/** What waits of an account or a team, and in which held set, if it is in one. */
	List<Found> find(ConnectionId connection, Collection<String> accountsAndTeams);

	/**
	 * Stores what became of a set, unless it is closed: whether it is what is stored.
	 * @param by null where no person said it
	 */
	boolean judge(ConnectionId connection, String hash, HeldSet.Status status, @Nullable List<String> only,
			@Nullable String by, Instant at);

	/** A set that was approved waits for a person again, if it is there. */
	void reopen(ConnectionId connection, String hash);

	/** Takes out the members of a held set. */
	void forget(ConnectionId connection, String hash);

	/**
	 * Takes out the members of a held set that was rejected; they are known for a while,
	 * so that nobody is asked again when they are told again.
	 */
	void reject(ConnectionId connection, String hash, Instant at);

	/**
	 * One entry.
	 *
	 * @param number its place among all of the connection
	 */
	record Waiting(String number, @Nullable RunId run, Staged.Entry entry) {
	}

	/** An entry with the hash of its held set; null where it is in none. */
	record Found(Staged.Entry entry, @Nullable String heldSet) {
	}

	/**
	 * A held set, as it is stored and as people look at it.
	 *
	 * @param hash stands for exactly this set
	 * @param run the run that staged it; null for what live reads staged
	 * @param count how many would go
	 * @param total how many of the kind the connection had
	 * @param limit how many of them may go within 24 hours
	 * @param names the first of them
	 * @param only the accounts and teams that were approved, where not all were
	 * @param by who judged it; null when it is {@code OVER}
	 */
	record HeldSet(OrganizationId organization, ConnectionId connection, String hash, GuardedKind kind, long count,
			long total, long limit, List<String> names, @Nullable RunId run, Instant at, Status status,
			@Nullable List<String> only, @Nullable String by, @Nullable Instant judgedAt) {

		static HeldSet open(Coordination of, String hash, GuardedKind kind, long count, long total, long limit,
				List<String> names, @Nullable RunId run, Instant at) {
			return new HeldSet(of.organization, of.connection, hash, kind, count, total, limit, List.copyOf(names), run,
					at, Status.OPEN, null, null, null);
		}

		/** What became of it. */
		public enum Status {

			/** It waits for a person. */
			OPEN, APPROVED, REJECTED,
			/** Nothing of it was left to release. */
			OVER

		}

	}

}
