package io.rollcall.reconciler.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.jspecify.annotations.Nullable;

/**
 * What makes a team: groups, and people whom others report to.
 *
 * @param groups which groups do
 * @param chosen those that do, where not all or none of them, by which members are in
 * @param managers how the team of a manager is named; null where managers make none
 */
public record TeamRules(Groups groups, Map<ObjectId, Members> chosen, @Nullable TeamNaming managers) {

	private static final TeamRules STANDARD = new TeamRules(Groups.ALL, Map.of(), null);

	public TeamRules {
		chosen = Map.copyOf(chosen);
	}

	/** Every group makes a team. */
	public static TeamRules standard() {
		return STANDARD;
	}

	/** Only these groups do. */
	public static TeamRules ofGroups(Map<ObjectId, Members> chosen) {
		return new TeamRules(Groups.CHOSEN, chosen, null);
	}

	/** The same, and every manager makes one. */
	public TeamRules withManagers(TeamNaming naming) {
		return new TeamRules(this.groups, this.chosen, naming);
	}

	/** Whether a container may make a team. */
	public boolean choose(Container container) {
		return (container.kind() == ContainerKind.GROUP) ? this.groups.choose(this.chosen.keySet(), container.object())
				: container.kind() == ContainerKind.MANAGER && this.managers != null;
	}

	/** The chosen groups whose teams also have the members of groups in them. */
	public List<Container> nested() {
		return this.chosen.keySet().stream().filter(this::reachesBelow).map(TeamRules::group).toList();
	}

	/** Whether members of groups in this one are in its team. */
	public boolean reachesBelow(ObjectId group) {
		return this.chosen.get(group) == Members.TRANSITIVE;
	}

	/** Whether groups in groups count for any team. */
	public boolean hasNestedGroups() {
		return this.chosen.containsValue(Members.TRANSITIVE);
	}

	private static Container group(ObjectId group) {
		return new Container(ContainerKind.GROUP, group);
	}

	/** Which groups make a team. */
	public enum Groups {

		ALL, NONE, CHOSEN;

		private boolean choose(Set<ObjectId> chosen, ObjectId group) {
			return switch (this) {
				case ALL -> true;
				case NONE -> false;
				case CHOSEN -> chosen.contains(group);
			};
		}

	}

}
