package io.rollcall.reconciler.rules;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a group from the groups that it is in.
 *
 * @param in what it is in itself, whether that counts or not: where its facts say
 * something else, this is old
 * @param above the living groups that it counts as a member of, and those that they do,
 * and so on; itself where groups are in each other
 */
public record Nesting(ObjectId group, List<Container> in, Set<Container> above) {

	public Nesting {
		in = List.copyOf(in);
		above = Collections.unmodifiableSet(new LinkedHashSet<>(above));
	}

	/** That a group is in none. */
	public static Nesting none(ObjectId group) {
		return new Nesting(group, List.of(), Set.of());
	}

	/** The groups among what an object is in. */
	public static List<Container> groupsOf(Facts facts) {
		return facts.in().stream().filter((container) -> container.kind() == ContainerKind.GROUP).toList();
	}

	/**
	 * What is above a group.
	 * @param facts of the group; null where nothing was observed of it
	 * @param stored what follows for it, as far as was worked out
	 * @return null where that was worked out for other facts
	 */
	public static @Nullable Set<Container> above(@Nullable Facts facts, @Nullable Nesting stored) {
		List<Container> in = (facts != null) ? groupsOf(facts) : List.of();
		if (stored == null) {
			return in.isEmpty() ? Set.of() : null;
		}
		return in.equals(stored.in) ? stored.above : null;
	}

	/**
	 * Works out what follows for some groups: all that changed, and all below them.
	 * @param some their facts, by group
	 * @param facts of other groups; null where nothing was observed of one
	 * @param others what follows for groups that are not among them, and stays so
	 */
	public static Map<ObjectId, Nesting> of(Map<ObjectId, Facts> some, Function<ObjectId, @Nullable Facts> facts,
			Function<ObjectId, @Nullable Nesting> others) {
		Map<ObjectId, Nesting> all = new LinkedHashMap<>();
		some.forEach((group, of) -> {
			Set<Container> above = new LinkedHashSet<>();
			Deque<Facts> open = new ArrayDeque<>(List.of(of));
			while (!open.isEmpty()) {
				Facts next = open.removeFirst();
				for (Container container : groupsOf(next)) {
					ObjectId id = container.object();
					Facts its = some.containsKey(id) ? some.get(id) : facts.apply(id);
					if (its != null && its.counts(next.stampOf(container)) && above.add(container)) {
						if (some.containsKey(id)) {
							open.add(its);
						}
						else {
							Nesting other = others.apply(id);
							above.addAll((other != null) ? other.above : Set.of());
						}
					}
				}
			}
			all.put(group, new Nesting(group, groupsOf(of), above));
		});
		return all;
	}

}
