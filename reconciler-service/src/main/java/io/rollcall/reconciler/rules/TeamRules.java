package io.rollcall.reconciler.rules;

import java.util.Set;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import org.jspecify.annotations.Nullable;

/**
 * What makes a team: groups, and people whom others report to.
 *
 * @param groups which groups do
 * @param chosen those that do, where not all or none of them
 * @param managers how the team of a manager is named; null where managers make none
 */
public record TeamRules(Groups groups, Set<ObjectId> chosen, @Nullable TeamNaming managers) {

	private static final TeamRules STANDARD = new TeamRules(Groups.ALL, Set.of(), null);

	public TeamRules {
		chosen = Set.copyOf(chosen);
	}

	/** Every group makes a team. */
	public static TeamRules standard() {
		return STANDARD;
	}

	/** Only these groups do. */
	public static TeamRules ofGroups(Set<ObjectId> chosen) {
		return new TeamRules(Groups.CHOSEN, chosen, null);
	}

	/** The same, and every manager makes one. */
	public TeamRules withManagers(TeamNaming naming) {
		return new TeamRules(this.groups, this.chosen, naming);
	}

	/** Whether a container may make a team. */
	public boolean choose(Container container) {
		return (container.kind() == ContainerKind.GROUP) ? this.groups.choose(this.chosen, container.object())
				: container.kind() == ContainerKind.MANAGER && this.managers != null;
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
