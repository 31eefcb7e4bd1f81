package io.rollcall.connector.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The attributes that are read, and their version, which every observation carries.
 */
public record Selection(int version, List<String> users, List<String> groups, List<String> units) {

	public static final Selection DEFAULT = new Selection(1,
			List.of("userPrincipalName", "displayName", "givenName", "surname", "mail", "accountEnabled", "userType",
					"jobTitle", "department", "companyName", "officeLocation", "mobilePhone", "preferredLanguage",
					"employeeId", "usageLocation"),
			List.of("displayName", "description", "mail", "mailEnabled", "securityEnabled", "groupTypes", "visibility"),
			List.of("displayName", "description"));

	public Selection {
		users = withoutStructure(users);
		groups = withoutStructure(groups);
		units = withoutStructure(units);
	}

	/** The attributes of a resource, without its id and its edges. */
	public List<String> attributes(Resource resource) {
		return switch (resource) {
			case USERS -> this.users;
			case GROUPS -> this.groups;
			case UNITS -> this.units;
		};
	}

	/** What {@code $select} of a resource's delta names: id, attributes, edges. */
	public SequencedSet<String> select(Resource resource) {
		SequencedSet<String> names = new LinkedHashSet<>();
		names.add("id");
		names.addAll(attributes(resource));
		names.add((resource == Resource.USERS) ? "manager" : "members");
		return names;
	}

	private static List<String> withoutStructure(List<String> names) {
		return names.stream().filter((name) -> !List.of("id", "manager", "members").contains(name)).distinct().toList();
	}

}
