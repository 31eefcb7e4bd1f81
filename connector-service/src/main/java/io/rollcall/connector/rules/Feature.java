package io.rollcall.connector.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a connection can do, and the least application permission that it needs. Only
 * people must be readable; what is not chosen needs no permission and is not read.
 *
 * @see <a href="https://learn.microsoft.com/graph/permissions-reference">Permissions
 * reference</a>
 */
public enum Feature {

	PEOPLE("User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"),
	GROUPS("GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All",
			"Directory.ReadWrite.All"),
	/** Group subscriptions are content with no smaller one. */
	GROUP_HINTS("Group.Read.All", "Group.ReadWrite.All"), HIDDEN_MEMBERS("Member.Read.Hidden"),
	UNITS("AdministrativeUnit.Read.All", "AdministrativeUnit.ReadWrite.All", "Directory.Read.All",
			"Directory.ReadWrite.All"),
	/** Reading when the secret of one's own app ends. */
	CREDENTIAL_END("Application.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy",
			"Directory.Read.All");

	/** What a connection has unless it chooses. */
	public static final Set<Feature> USUAL = Set.of(PEOPLE, GROUPS, GROUP_HINTS, UNITS);

	private final String permission;

	private final List<String> wider;

	Feature(String permission, String... wider) {
		this.permission = permission;
		this.wider = List.of(wider);
	}

	/** What reads a resource. */
	public static Feature of(Resource resource) {
		return switch (resource) {
			case USERS -> PEOPLE;
			case GROUPS -> GROUPS;
			case UNITS -> UNITS;
		};
	}

	/** The least one. */
	public String permission() {
		return this.permission;
	}

	/** Whether a run reads it, so that a run fails without its permission. */
	public boolean isRead() {
		return this == PEOPLE || this == GROUPS || this == UNITS;
	}

	public boolean isOptional() {
		return this != PEOPLE;
	}

	/** The permission among those granted that opens it, the least if it is there. */
	public @Nullable String openedBy(Collection<String> granted) {
		return granted.contains(this.permission) ? this.permission
				: this.wider.stream().filter(granted::contains).findFirst().orElse(null);
	}

	/**
	 * The fewest permissions for some features: a permission that another one includes is
	 * not asked for besides.
	 */
	public static Map<String, List<Feature>> permissions(Set<Feature> chosen) {
		Set<Feature> wanted = EnumSet.of(PEOPLE);
		wanted.addAll(chosen);
		Map<String, List<Feature>> least = new LinkedHashMap<>();
		for (Feature feature : wanted) {
			String included = wanted.stream()
				.map(Feature::permission)
				.filter((other) -> !other.equals(feature.permission) && feature.wider.contains(other))
				.findFirst()
				.orElse(feature.permission);
			least.computeIfAbsent(included, (_) -> new ArrayList<>()).add(feature);
		}
		return least;
	}

}
