package io.rollcall.reconciler.flow.preview;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** The outcomes of a few people, in memory. */
final class RememberedOutcomes implements Outcomes {

	private final Map<String, Outcome> all = new TreeMap<>();

	List<Outcome> all() {
		return List.copyOf(this.all.values());
	}

	@Override
	public List<Outcome> find(Sought sought) {
		return all();
	}

	@Override
	public void write(Collection<? extends Outcome> outcomes) {
		outcomes.forEach((outcome) -> this.all.put(outcome.id(), outcome));
	}

	@Override
	public List<Outcome> staged(@Nullable String after, int limit) {
		return this.all.values()
			.stream()
			.filter((outcome) -> (after == null || outcome.id().compareTo(after) > 0) && !outcome.staged().isEmpty())
			.limit(limit)
			.toList();
	}

}
