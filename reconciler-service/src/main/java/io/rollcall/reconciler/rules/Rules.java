package io.rollcall.reconciler.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What an organization decided about one connection.
 *
 * @param version rises with every publication
 * @param selection rises when the attributes that they need change
 * @param fields further account fields by the attribute they are taken from; display name
 * and e-mail are always mapped
 * @param chosenGroups the groups that make teams; null for every group
 */
public record Rules(int version, int selection, Scope scope, Map<String, String> fields,
		@Nullable Set<ObjectId> chosenGroups, Guard guard) {

	public Rules {
		fields = Map.copyOf(fields);
		chosenGroups = (chosenGroups != null) ? Set.copyOf(chosenGroups) : null;
	}

	/**
	 * What holds until somebody decides otherwise: every enabled member, a team per
	 * group.
	 */
	public static Rules standard() {
		return new Rules(1, 1, new Scope(false, false), Map.of("givenName", "givenName", "surname", "surname"), null,
				Guard.standard());
	}

	/** The attributes of a user that these rules read. */
	public List<String> userAttributes() {
		return java.util.stream.Stream
			.concat(java.util.stream.Stream.of("displayName", "givenName", "surname", "mail", "userPrincipalName",
					"accountEnabled", "userType"), this.fields.values().stream())
			.distinct()
			.toList();
	}

	boolean chooses(ObjectId group) {
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

	/**
	 * The blast-radius limits; a set is held when it is larger than both of its kind's
	 * limits.
	 */
	public record Guard(Limit accounts, Limit memberships, Limit teams) {

		public static Guard standard() {
			return new Guard(new Limit(50, 10), new Limit(500, 20), new Limit(10, 20));
		}

	}

	/** How many may leave within 24 hours: a number, and a share of all in percent. */
	public record Limit(long absolute, int percent) {
	}

}
