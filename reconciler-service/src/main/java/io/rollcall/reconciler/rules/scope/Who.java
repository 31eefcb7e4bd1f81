package io.rollcall.reconciler.rules.scope;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import org.jspecify.annotations.Nullable;

/**
 * Those whom a scope includes, or excludes: whoever is meant by any of it.
 *
 * @param people picked one by one
 * @param groups of any sort: security, Microsoft 365, dynamic; by which of their members
 * @param units administrative units; of a group in a unit, the members are not in it
 * @param condition null for nobody by their attributes
 */
public record Who(Set<ObjectId> people, Map<ObjectId, Members> groups, Set<ObjectId> units,
		@Nullable Condition condition) {

	public static final Who NOBODY = new Who(Set.of(), Map.of(), Set.of(), null);

	public Who {
		people = Collections.unmodifiableSet(new LinkedHashSet<>(people));
		groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
		units = Collections.unmodifiableSet(new LinkedHashSet<>(units));
	}

	/** Which members of a group are meant. */
	public enum Members {

		/** Those of the group itself. */
		DIRECT,
		/** Those of the groups in it too, however deep. */
		TRANSITIVE

	}

	boolean hasContainers() {
		return !this.groups.isEmpty() || !this.units.isEmpty();
	}

	boolean names(ContainerKind kind, ObjectId container) {
		return switch (kind) {
			case GROUP -> this.groups.containsKey(container);
			case ADMINISTRATIVE_UNIT -> this.units.contains(container);
			case MANAGER -> false;
		};
	}

	boolean hasNestedGroups() {
		return this.groups.containsValue(Members.TRANSITIVE);
	}

	boolean reachesBelow(ObjectId group) {
		return this.groups.get(group) == Members.TRANSITIVE;
	}

}
