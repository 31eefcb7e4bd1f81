package io.rollcall.reconciler.flow.coordinate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what follows from groups in groups, as long as the rules ask for it. First whom a
 * change concerns is queued, then it is stored, and then they are decided: what is cut
 * off in between is done again.
 */
final class Nested {

	private final Owned owned;

	private final Nestings nestings;

	Nested(Owned owned) {
		this.owned = owned;
		this.nestings = owned.ports.nestings();
	}

	/**
	 * Works it out for rules that ask for it first, before anybody is decided by them.
	 */
	void prepare() {
		Rules rules = rules();
		if (rules.hasNestedGroups() && !this.owned.coordination.nested) {
			rebuild(rules, null);
		}
		else if (!rules.hasNestedGroups()) {
			forget();
		}
	}

	/**
	 * Follows containers that changed.
	 * @param queue where others whom that concerns are added
	 * @return these and the others, by their codes
	 */
	List<String> follow(String queue, List<String> changed) {
		Rules rules = rules();
		if (!rules.hasNestedGroups()) {
			forget();
			return changed;
		}
		Set<String> all = new LinkedHashSet<>(changed);
		all.addAll(this.owned.coordination.nested ? update(rules, queue, changed) : rebuild(rules, queue));
		return List.copyOf(all);
	}

	/**
	 * Works all of it out again: what a FULL run sees of a group first is told to nobody.
	 */
	void followAll(String queue) {
		Rules rules = rules();
		if (rules.hasNestedGroups()) {
			rebuild(rules, queue);
		}
		else {
			forget();
		}
	}

	private Set<String> update(Rules rules, String queue, List<String> changed) {
		Map<ObjectId, Facts> some = new LinkedHashMap<>();
		Map<ObjectId, Facts> others = new LinkedHashMap<>();
		Map<ObjectId, Nesting> stored = new HashMap<>();
		Collection<ObjectId> next = changed.stream()
			.map(Container::parse)
			.filter((container) -> container.kind() == ContainerKind.GROUP)
			.map(Container::object)
			.toList();
		while (!next.isEmpty()) {
			withAllBelow(next, some);
			others.clear();
			put(this.nestings.groups(connection(), around(some)), others);
			stored.clear();
			stored.putAll(this.nestings.find(connection(), others.keySet()));
			// What is stored may be old, as nobody has told of that yet.
			next = others.keySet()
				.stream()
				.filter((group) -> Nesting.above(others.get(group), stored.get(group)) == null)
				.toList();
		}
		Map<ObjectId, Nesting> all = Nesting.of(some, others::get, stored::get);
		Set<String> concerned = store(rules, queue, all, this.nestings.find(connection(), some.keySet()));
		Set<String> named = inTeamsOf(rules, changed, all);
		this.owned.ports.toDecide().add(connection(), queue, named);
		concerned.addAll(named);
		return concerned;
	}

	/** Groups below others that make teams, which may have other names now. */
	private static Set<String> inTeamsOf(Rules rules, List<String> changed, Map<ObjectId, Nesting> all) {
		Set<Container> making = changed.stream()
			.map(Container::parse)
			.filter((container) -> rules.teams().nested().contains(container))
			.collect(Collectors.toSet());
		return all.values()
			.stream()
			.filter((nesting) -> nesting.above().stream().anyMatch(making::contains))
			.map((nesting) -> new Container(ContainerKind.GROUP, nesting.group()).code())
			.collect(Collectors.toSet());
	}

	private void withAllBelow(Collection<ObjectId> groups, Map<ObjectId, Facts> some) {
		put(this.nestings.groups(connection(), groups), some);
		Collection<ObjectId> next = groups;
		while (!next.isEmpty()) {
			next = put(this.nestings.groupsIn(connection(), next), some);
		}
	}

	/** The others that some groups are in. */
	private static Set<ObjectId> around(Map<ObjectId, Facts> some) {
		Set<ObjectId> around = new LinkedHashSet<>();
		some.values()
			.forEach((facts) -> Nesting.groupsOf(facts).forEach((container) -> around.add(container.object())));
		around.removeAll(some.keySet());
		return around;
	}

	/** Those that were not known yet. */
	private static List<ObjectId> put(List<Facts> groups, Map<ObjectId, Facts> known) {
		List<ObjectId> added = new ArrayList<>();
		groups.forEach((facts) -> {
			ObjectId group = facts.key().object();
			if (known.putIfAbsent(group, facts) == null) {
				added.add(group);
			}
		});
		return added;
	}

	private Set<String> rebuild(Rules rules, @Nullable String queue) {
		Map<ObjectId, Facts> groups = new LinkedHashMap<>();
		String cursor = null;
		do {
			Nestings.Slice slice = this.nestings.walk(connection(), cursor);
			put(slice.groups(), groups);
			cursor = slice.next();
		}
		while (cursor != null);
		Set<String> concerned = store(rules, queue, Nesting.of(groups, (_) -> null, (_) -> null),
				this.nestings.all(connection()));
		if (!this.owned.coordination.nested) {
			this.owned.coordination.nested = true;
			this.owned.save();
		}
		return concerned;
	}

	/** The groups whose members are to be decided, by their codes. */
	private Set<String> store(Rules rules, @Nullable String queue, Map<ObjectId, Nesting> all,
			Map<ObjectId, Nesting> stored) {
		List<Nesting> changed = new ArrayList<>();
		Set<String> concerned = new LinkedHashSet<>();
		all.forEach((group, next) -> {
			Nesting before = stored.getOrDefault(group, Nesting.none(group));
			if (!next.equals(before)) {
				changed.add(next);
				if (isConcerned(rules, before, next)) {
					concerned.add(new Container(ContainerKind.GROUP, group).code());
				}
			}
		});
		if (queue != null) {
			this.owned.ports.toDecide().add(connection(), queue, concerned);
		}
		this.nestings.write(connection(), changed, this.owned.coordination.version());
		return concerned;
	}

	/** Who is in a group of which this was not known well enough was not decided. */
	private static boolean isConcerned(Rules rules, Nesting before, Nesting after) {
		return !before.in().equals(after.in()) || !reaching(rules, before).equals(reaching(rules, after));
	}

	private static Set<Container> reaching(Rules rules, Nesting nesting) {
		return nesting.above().stream().filter(rules::reachesBelow).collect(Collectors.toSet());
	}

	private void forget() {
		if (this.owned.coordination.nested) {
			this.owned.coordination.nested = false;
			this.owned.save();
			this.nestings.forget(connection());
		}
	}

	private ConnectionId connection() {
		return this.owned.connection();
	}

	private Rules rules() {
		Connection connection = this.owned.ports.connections().find(connection());
		return (connection != null) ? connection.rules() : Rules.standard();
	}

}
