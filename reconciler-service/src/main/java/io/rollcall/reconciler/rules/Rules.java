package io.rollcall.reconciler.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.reconciler.rules.mapping.Mapping;
import io.rollcall.reconciler.rules.scope.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What an organization decided about one connection.
 *
 * @param version rises with every publication
 * @param mapping where the fields of an account come from
 * @param chosenGroups the groups that make teams; null for every group
 */
public record Rules(int version, Scope scope, Mapping mapping, @Nullable Set<ObjectId> chosenGroups, Guard guard) {

	private static final Rules STANDARD = new Rules(1, Scope.everyone(false, false), Mapping.standard(), null,
			Guard.standard());

	public Rules {
		chosenGroups = (chosenGroups != null) ? Set.copyOf(chosenGroups) : null;
	}

	/**
	 * What holds until somebody decides otherwise: every enabled member, a team per
	 * group.
	 */
	public static Rules standard() {
		return STANDARD;
	}

	/**
	 * The attributes of a user that these rules read; the employee id tells whether
	 * somebody new is somebody known.
	 */
	public List<String> userAttributes() {
		return Stream
			.of(Stream.of("displayName", "mail", "userPrincipalName", "accountEnabled", "userType", "employeeId"),
					this.mapping.email().attributes(this.scope.guests()).stream(), this.mapping.attributes().stream(),
					this.scope.attributes().stream())
			.flatMap((attributes) -> attributes)
			.distinct()
			.toList();
	}

	/** The attributes of a group that these rules read. */
	public List<String> groupAttributes() {
		return List.of("displayName");
	}

	/** The same as another version. */
	public Rules as(int next) {
		return new Rules(next, this.scope, this.mapping, this.chosenGroups, this.guard);
	}

	public Rules with(Scope other) {
		return new Rules(this.version, other, this.mapping, this.chosenGroups, this.guard);
	}

	public Rules with(Mapping other) {
		return new Rules(this.version, this.scope, other, this.chosenGroups, this.guard);
	}

	public Rules with(Guard other) {
		return new Rules(this.version, this.scope, this.mapping, this.chosenGroups, other);
	}

	/** Whether what is known of a container says anything about its members. */
	public boolean reads(Container container) {
		return TeamChanges.makesTeam(this, container)
				|| this.scope.names(container.kind(), container.object()) || readsAbove(container);
	}

	/** Whether what is above a container says anything about its members. */
	public boolean readsAbove(Container container) {
		return container.kind() == ContainerKind.GROUP && hasNestedGroups();
	}

	/** Whether groups in groups count for anything. */
	public boolean hasNestedGroups() {
		return this.scope.hasNestedGroups();
	}

	/** Whether whoever is in a group below this one counts as a member of it. */
	public boolean reachesBelow(Container container) {
		return container.kind() == ContainerKind.GROUP && this.scope.reachesBelow(container.object());
	}

	/** Whether a group makes a team. */
	public boolean chooses(ObjectId group) {
		return this.chosenGroups == null || this.chosenGroups.contains(group);
	}

	/** How much a sync may take away before a person is asked. */
	public record Guard(Limit accounts, Limit memberships, Limit teams, Limit addresses) {

		public static Guard standard() {
			return new Guard(Limit.STANDARD, Limit.STANDARD, Limit.STANDARD, Limit.STANDARD);
		}

		public Limit of(GuardedKind kind) {
			return switch (kind) {
				case ACCOUNTS -> this.accounts;
				case MEMBERSHIPS -> this.memberships;
				case TEAMS -> this.teams;
				case ADDRESSES -> this.addresses;
			};
		}

	}

	/**
	 * How many may go within 24 hours: a share of all in percent, never below the floor
	 * nor above the ceiling.
	 */
	public record Limit(int percent, long floor, long ceiling) {

		static final Limit STANDARD = new Limit(10, 20, 500);

	}

}
