package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.model.run.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * What was staged and waits: a document an entry, numbered as they came, so that a set is
 * "all of a run up to this one". Taken out when it went.
 */
public interface StagedEntries {

	/**
	 * Stores entries; one that is there already, of the same revision, stays what it is.
	 */
	void add(ConnectionId connection, List<Waiting> entries);

	/**
	 * Those that are to be judged, in order.
	 * @param run the run that staged them; null for what live reads staged
	 * @param kind null for every kind
	 * @param after the last one of the page before
	 * @param upTo the last one of the set; null for all
	 */
	List<Waiting> unjudged(ConnectionId connection, @Nullable RunId run, @Nullable GuardedKind kind,
			@Nullable String after, @Nullable String upTo, int limit);

	/** Makes all of a kind and run up to one a held set. */
	void hold(ConnectionId connection, @Nullable RunId run, GuardedKind kind, String upTo, String hash);

	/** Takes out all of a kind and run up to one. */
	void forget(ConnectionId connection, @Nullable RunId run, GuardedKind kind, String upTo);

	/** What a run staged and did not judge waits like what live reads staged. */
	long leave(ConnectionId connection, RunId run);

	/** The members of a held set, in order. */
	List<Waiting> held(ConnectionId connection, String hash, @Nullable String after, int limit);

	/** Moves the others of a held set, if there are any, into one of their own. */
	long split(ConnectionId connection, String hash, Collection<String> stay, String hashOfOthers);

	void forget(ConnectionId connection, String hash);

	/**
	 * Takes out a held set that was rejected; its entries are known for a while, so that
	 * nobody is asked again when they are told again.
	 */
	void reject(ConnectionId connection, String hash, Instant at);

	/**
	 * One entry.
	 *
	 * @param number its place among all of the connection
	 */
	record Waiting(String number, @Nullable RunId run, Staged.Entry entry) {
	}

}
