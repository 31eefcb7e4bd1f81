package io.rollcall.connector.flow.connection;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.rollcall.connector.rules.Failure;

/**
 * What of a connection rests after failures, and until when; in memory, as a new owner
 * may well try at once. Kinds of failures are counted apart: two that pass say nothing
 * about the next one, which may need a person.
 */
final class Trouble {

	private final Map<String, Resting> resting = new HashMap<>();

	private Instant graph = Instant.MIN;

	private record Resting(Map<Class<?>, Integer> failures, Instant since, Instant until) {
	}

	/** When something may be tried again. */
	Instant until(String what) {
		Resting there = this.resting.get(what);
		Instant own = (there != null) ? there.until() : Instant.MIN;
		return own.isAfter(this.graph) ? own : this.graph;
	}

	/** Until when nothing is asked of Graph. */
	Instant graph() {
		return this.graph;
	}

	/** Since when something fails; now if nothing does. */
	Instant since(Instant now) {
		return this.resting.values().stream().map(Resting::since).min(Instant::compareTo).orElse(now);
	}

	/** Counts a failure; gives how many of its kind came one after the other. */
	int failed(String what, Failure failure, Instant now) {
		Resting there = this.resting.get(what);
		Map<Class<?>, Integer> failures = new HashMap<>((there != null) ? there.failures() : Map.of());
		int count = failures.merge(failure.getClass(), 1, Integer::sum);
		this.resting.put(what, new Resting(failures, (there != null) ? there.since() : now, now));
		return count;
	}

	void rest(String what, boolean allOfGraph, Instant until) {
		Resting there = this.resting.get(what);
		if (allOfGraph) {
			this.graph = until;
		}
		if (there != null) {
			this.resting.put(what, new Resting(there.failures(), there.since(), until));
		}
	}

	/**
	 * It works. That a chain was lost is only made up for by a run that ends: a new chain
	 * gives pages too, until it is lost again.
	 */
	void works(String what, boolean ended, Instant now) {
		Resting there = this.resting.get(what);
		if (there == null) {
			return;
		}
		Integer lost = there.failures().get(Failure.LinkExpired.class);
		if (ended || lost == null) {
			this.resting.remove(what);
		}
		else {
			this.resting.put(what, new Resting(Map.of(Failure.LinkExpired.class, lost), now, Instant.MIN));
		}
	}

	/** Somebody has done something about it: all is tried at once. */
	void forget() {
		this.resting.clear();
		this.graph = Instant.MIN;
	}

}
