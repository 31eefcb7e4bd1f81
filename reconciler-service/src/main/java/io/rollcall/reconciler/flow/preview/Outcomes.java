package io.rollcall.reconciler.flow.preview;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/** What one preview has found so far: what later decisions of it read. */
public interface Outcomes {

	/** All that fit, and perhaps others. */
	List<Outcome> find(Sought sought);

	/**
	 * Those of some managers to whom accounts in use would report.
	 * @param stored those to whom accounts report as they are stored
	 */
	Set<ObjectKey> managers(Set<ObjectKey> some, Set<ObjectKey> stored);

	/** Stores outcomes, over what is stored of the same accounts and teams. */
	void write(Collection<? extends Outcome> outcomes);

	/**
	 * Those of which something is staged, by their ids.
	 * @param after the id of the last one of the page before
	 */
	List<Outcome> staged(@Nullable String after, int limit);

	/**
	 * What to look for.
	 *
	 * @param ids of outcomes
	 * @param objects whose accounts have ids that are not derived from them
	 * @param emails keys of addresses that accounts have
	 * @param wanted keys of addresses that accounts want
	 * @param keys by which accounts may be found that belong to nobody
	 * @param teamNames what the keys of teams' names begin with
	 */
	record Sought(Set<String> ids, Set<ObjectKey> objects, Set<String> emails, Set<String> wanted, Set<String> keys,
			Set<String> teamNames) {
	}

}
