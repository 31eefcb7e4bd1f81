package io.rollcall.reconciler.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.model.ObjectId;
import io.rollcall.model.run.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * What an organization decided about one connection.
 *
 * @param version rises with every publication
 * @param fields further account fields by the attribute they are taken from; display name
 * and e-mail are always mapped
 * @param chosenGroups the groups that make teams; null for every group
 */
public record Rules(int version, Scope scope, Map<String, String> fields, @Nullable Set<ObjectId> chosenGroups,
		Guard guard) {

	private static final Rules STANDARD = new Rules(1, new Scope(false, false),
			Map.of("givenName", "givenName", "surname", "surname"), null, Guard.standard());

	public Rules {
		fields = Map.copyOf(fields);
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
			.concat(Stream.of("displayName", "givenName", "surname", "mail", "userPrincipalName", "accountEnabled",
					"userType", "employeeId"), this.fields.values().stream())
			.distinct()
			.toList();
	}

	/** The attributes of a group that these rules read. */
	public List<String> groupAttributes() {
		return List.of("displayName");
	}

	/** Whether a group makes a team. */
	public boolean chooses(ObjectId group) {
		return this.chosenGroups == null || this.chosenGroups.contains(group);
	}

	/**
	 * Who is in.
	 *
	 * @param guests whether guests are
	 * @param disabled whether users whose directory account is disabled are
	 */
	public record Scope(boolean guests, boolean disabled) {
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
