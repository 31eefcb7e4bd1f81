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

	/** How many of this kind there were. */
	public int of(Failure failure) {
		return this.kinds.getOrDefault(failure.getClass(), 0);
	}

}
