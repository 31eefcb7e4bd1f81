package io.rollcall.reconciler.flow.preview;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Rules that somebody works on, one draft a connection: what two people work on apart
 * would have to be merged by hand, as one set of rules holds.
 */
public interface Drafts {

	/** Null when there is none. */
	@Nullable Draft find(ConnectionId connection);

	/**
	 * Stores a draft under the version that follows what is there.
	 * @param over the version that it was made from; null for whatever is there
	 * @return null when another one is there
	 */
	@Nullable Draft save(Draft draft, @Nullable Integer over);

	/**
	 * Takes the draft out.
	 * @return false when another version is there, or none
	 */
	boolean discard(ConnectionId connection, int version);

	/**
	 * A draft.
	 *
	 * @param version rises with every save, also over drafts that were discarded
	 * @param madeFrom the version of the rules that it goes out from
	 * @param by who saved it last
	 */
	record Draft(ConnectionId connection, int version, int madeFrom, Rules rules, String by, Instant at) {
	}

}
