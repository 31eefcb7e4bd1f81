package io.rollcall.connector.rules;

import java.util.HashMap;
import java.util.Map;

/**
 * How many failures of each kind came one after the other. Kinds are counted apart: two
 * that pass say nothing about the next one, which may need a person.
 */
public record FailureCounts(Map<Class<? extends Failure>, Integer> kinds) {

	public static final FailureCounts NONE = new FailureCounts(Map.of());

	public FailureCounts {
		kinds = Map.copyOf(kinds);
	}

	public FailureCounts plus(Failure failure) {
		Map<Class<? extends Failure>, Integer> more = new HashMap<>(this.kinds);
		more.merge(failure.getClass(), 1, Integer::sum);
		return new FailureCounts(more);
	}

	/**
	 * The counts after a page was read. That a chain was lost is only made up for by a
	 * run that ends: a new chain gives pages too, until it is lost again.
	 */
	public FailureCounts afterPage() {
		Integer lost = this.kinds.get(Failure.DeltaLinkExpired.class);
		return (lost != null) ? new FailureCounts(Map.of(Failure.DeltaLinkExpired.class, lost)) : NONE;
	}

	/** How many of this kind there were. */
	public int of(Failure failure) {
		return this.kinds.getOrDefault(failure.getClass(), 0);
	}

}
