package io.rollcall.simulator.tenant;

/** What a directory object is. */
public enum Kind {

	USER("user", "users", "Users", "#microsoft.graph.user"),

	GROUP("group", "groups", "Groups", "#microsoft.graph.group"),

	UNIT("administrativeUnit", "directory/administrativeUnits", "AdministrativeUnits",
			"#microsoft.graph.administrativeUnit");

	private final String typeName;

	private final String path;

	private final String notificationPath;

	private final String odataType;

	Kind(String typeName, String path, String notificationPath, String odataType) {
		this.typeName = typeName;
		this.path = path;
		this.notificationPath = notificationPath;
		this.odataType = odataType;
	}

	/** As in {@code microsoft.graph.user}. */
	public String typeName() {
		return this.typeName;
	}

	/** Where its collection lives beneath the version segment. */
	public String path() {
		return this.path;
	}

	/** How notifications spell the collection. */
	public String notificationPath() {
		return this.notificationPath;
	}

	public String odataType() {
		return this.odataType;
	}

}
