package io.rollcall.reconciler.rules;

import java.util.List;
import java.util.stream.Stream;

import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.reconciler.rules.mapping.Mapping;
import io.rollcall.reconciler.rules.scope.Scope;

/**
 * What an organization decided about one connection.
 *
 * @param version rises with every publication
 * @param mapping where the fields of an account come from
 * @param teams what makes teams
 * @param leavers what becomes of the account of whoever has no place here any more
 * @param matching how somebody new finds an account that is there
 */
public record Rules(int version, Scope scope, Mapping mapping, TeamRules teams, Guard guard, Leavers leavers,
		Matching matching) {

	private static final Rules STANDARD = new Rules(1, Scope.everyone(false, false), Mapping.standard(),
			TeamRules.standard(), Guard.standard(), Leavers.standard(), Matching.standard());

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
		return new Rules(next, this.scope, this.mapping, this.teams, this.guard, this.leavers, this.matching);
	}

	public Rules with(Scope other) {
		return new Rules(this.version, other, this.mapping, this.teams, this.guard, this.leavers, this.matching);
	}

	public Rules with(Mapping other) {
		return new Rules(this.version, this.scope, other, this.teams, this.guard, this.leavers, this.matching);
	}

	public Rules with(TeamRules other) {
		return new Rules(this.version, this.scope, this.mapping, other, this.guard, this.leavers, this.matching);
	}

	public Rules with(Guard other) {
		return new Rules(this.version, this.scope, this.mapping, this.teams, other, this.leavers, this.matching);
	}

	public Rules with(Leavers other) {
		return new Rules(this.version, this.scope, this.mapping, this.teams, this.guard, other, this.matching);
	}

	public Rules with(Matching other) {
		return new Rules(this.version, this.scope, this.mapping, this.teams, this.guard, this.leavers, other);
	}

	/** Whether the facts of a container say anything about its members. */
	public boolean reads(Container container) {
		return container.kind() != ContainerKind.MANAGER && TeamChanges.makesTeam(this, container)
				|| this.scope.names(container.kind(), container.object()) || readsAbove(container);
	}

	/** Whether what is above a container says anything about its members. */
	public boolean readsAbove(Container container) {
		return container.kind() == ContainerKind.GROUP && hasNestedGroups();
	}

	/** Whether groups in groups count for anything. */
	public boolean hasNestedGroups() {
		return this.scope.hasNestedGroups() || this.teams.hasNestedGroups();
	}

	/** Whether whoever is in a group below this one counts as a member of it. */
	public boolean reachesBelow(Container container) {
		return container.kind() == ContainerKind.GROUP
				&& (this.scope.reachesBelow(container.object()) || this.teams.reachesBelow(container.object()));
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
