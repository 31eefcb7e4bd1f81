package io.rollcall.reconciler.flow.coordinate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Containers that the rules name and whose members Graph does not show to us
 * ({@code HiddenMembership} without {@code Member.Read.Hidden}): they are not taken for
 * gone. It answers as if there were none, so that this is looked up when all was read.
 *
 * @see <a href= "https://learn.microsoft.com/en-us/graph/api/group-list-members">List
 * members</a>
 */
final class HiddenMembers {

	private final Owned owned;

	HiddenMembers(Owned owned) {
		this.owned = owned;
	}

	/** Before everybody is decided. */
	void store() {
		Connection connection = connection();
		if (connection != null) {
			Set<Container> hidden = hidden(connection.rules());
			if (!hidden.equals(connection.hidden())) {
				this.owned.ports.connections().hide(connection.id(), hidden);
			}
		}
	}

	/**
	 * When a FULL run has read all: where others are hidden now, everybody is decided
	 * again, and whom that run staged is judged behind it.
	 */
	void follow(Run run) {
		Connection connection = connection();
		if (connection == null) {
			return;
		}
		Set<Container> hidden = hidden(connection.rules());
		if (hidden.equals(connection.hidden())) {
			return;
		}
		Coordination of = this.owned.coordination;
		if (of.active()) {
			this.owned.begin("hidden:" + run.id(), RunMode.RULES, RunTrigger.CONTAINER, null, null, false);
			this.owned.ports.entries().forget(connection.id(), run.id(), of.nextEntry());
		}
		this.owned.ports.connections().hide(connection.id(), hidden);
	}

	private Set<Container> hidden(Rules rules) {
		Directory directory = this.owned.ports.directory();
		Set<Container> named = new LinkedHashSet<>();
		rules.scope().groups().forEach((group) -> named.add(new Container(ContainerKind.GROUP, group)));
		rules.scope().units().forEach((unit) -> named.add(new Container(ContainerKind.ADMINISTRATIVE_UNIT, unit)));
		Set<Container> hidden = new HashSet<>(directory.hidden(this.owned.connection(), named));
		if (rules.hasNestedGroups()) {
			Map<Container, List<Container>> below = new HashMap<>();
			this.owned.ports.nestings()
				.all(this.owned.connection())
				.values()
				.forEach((nesting) -> below.put(new Container(ContainerKind.GROUP, nesting.group()),
						nesting.above().stream().filter(rules::reachesBelow).toList()));
			below.values().removeIf(List::isEmpty);
			directory.hidden(this.owned.connection(), below.keySet())
				.forEach((group) -> hidden.addAll(below.getOrDefault(group, List.of())));
		}
		return hidden;
	}

	private @Nullable Connection connection() {
		return this.owned.ports.connections().find(this.owned.connection());
	}

}
