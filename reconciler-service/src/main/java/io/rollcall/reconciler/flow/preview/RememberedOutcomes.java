package io.rollcall.reconciler.flow.preview;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.rollcall.reconciler.rules.ObjectKey;
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
	public Set<ObjectKey> managers(Set<ObjectKey> some, Set<ObjectKey> stored) {
		Set<ObjectKey> managers = new HashSet<>(stored);
		this.all.values()
			.stream()
			.filter(Outcome.OfAccount.class::isInstance)
			.map((outcome) -> Outcome.OfAccount.managerOf(((Outcome.OfAccount) outcome).after()))
			.filter((manager) -> manager != null && some.contains(manager))
			.forEach(managers::add);
		return managers;
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
