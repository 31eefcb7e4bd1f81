package io.rollcall.simulator.graph;

import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.tenant.Kind;

/**
 * Which application permissions open what; one of each list is enough.
 *
 * @see <a href="https://learn.microsoft.com/graph/permissions-reference">Permissions
 * reference</a>
 */
final class Permissions {

	static final String[] ORGANIZATION = { "User.Read.All", "Organization.Read.All", "Directory.Read.All",
			"Directory.ReadWrite.All" };

	static final String[] APPLICATIONS = { "Application.Read.All", "Application.ReadWrite.All",
			"Application.ReadWrite.OwnedBy", "Directory.Read.All" };

	private Permissions() {
	}

	static String[] reading(Kind kind) {
		return switch (kind) {
			case USER ->
				new String[] { "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All" };
			case GROUP -> new String[] { "GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All",
					"Directory.Read.All", "Directory.ReadWrite.All" };
			case UNIT -> new String[] { "AdministrativeUnit.Read.All", "AdministrativeUnit.ReadWrite.All",
					"Directory.Read.All" };
		};
	}

	/** The recycle bin asks more of groups than the groups themselves do. */
	static String[] readingDeleted(Kind kind) {
		return (kind != Kind.GROUP) ? reading(kind)
				: new String[] { "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All" };
	}

	static String[] restoring(Kind kind) {
		return new String[] { switch (kind) {
			case USER -> "User.ReadWrite.All";
			case GROUP -> "Group.ReadWrite.All";
			case UNIT -> "AdministrativeUnit.ReadWrite.All";
		} };
	}

	/** Groups: no page names a smaller one. */
	static String[] subscribing(Kind kind) {
		return (kind == Kind.USER) ? reading(kind) : new String[] { "Group.Read.All", "Group.ReadWrite.All" };
	}

	static boolean mayRead(AppRegistration app, Kind kind) {
		return app.hasAny(reading(kind));
	}

}
