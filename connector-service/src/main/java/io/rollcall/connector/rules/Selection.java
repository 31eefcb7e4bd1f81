package io.rollcall.connector.rules;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The attributes that are read, without ids and edges. */
public record Selection(List<String> users, List<String> groups, List<String> units) {

	private static final Set<String> STRUCTURE = Set.of("id", "manager", "members");

	/** What is always read. */
	public static final Selection DEFAULT = new Selection(
			List.of("userPrincipalName", "displayName", "givenName", "surname", "mail", "accountEnabled", "userType",
					"jobTitle", "department", "companyName", "officeLocation", "mobilePhone", "preferredLanguage",
					"employeeId", "usageLocation"),
			List.of("displayName", "description", "mail", "mailEnabled", "securityEnabled", "groupTypes", "visibility"),
			List.of("displayName", "description", "visibility"));

	public Selection {
		users = attributes(users);
		groups = attributes(groups);
		units = attributes(units);
	}

	public List<String> of(Resource resource) {
		return switch (resource) {
			case USERS -> this.users;
			case GROUPS -> this.groups;
			case UNITS -> this.units;
		};
	}

	/** These attributes and more. */
	public Selection and(Collection<String> moreOfUsers, Collection<String> moreOfGroups) {
		return new Selection(Stream.concat(this.users.stream(), moreOfUsers.stream()).toList(),
				Stream.concat(this.groups.stream(), moreOfGroups.stream()).toList(), this.units);
	}

	/** Without what Graph refuses. */
	public Selection without(Collection<String> refused) {
		return new Selection(remaining(this.users, refused), remaining(this.groups, refused),
				remaining(this.units, refused));
	}

	private static List<String> remaining(List<String> all, Collection<String> without) {
		return all.stream().filter((name) -> !without.contains(name)).toList();
	}

	/**
	 * {@code $select} names the attribute that a path such as {@code a.b} begins with.
	 */
	private static List<String> attributes(List<String> names) {
		Set<String> attributes = new LinkedHashSet<>();
		for (String name : names) {
			int dot = name.indexOf('.');
			attributes.add((dot > 0) ? name.substring(0, dot) : name);
		}
		attributes.removeAll(STRUCTURE);
		return List.copyOf(attributes);
	}

}
