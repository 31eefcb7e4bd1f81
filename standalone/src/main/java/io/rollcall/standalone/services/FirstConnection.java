package io.rollcall.standalone.services;

import java.util.List;

/**
 * The organization that is there from the start, its connection to the tenant, and the
 * owner who is told.
 */
public record FirstConnection(String tenant, String clientId, String clientSecret) {

	public static final String ORGANIZATION = "contoso";

	public static final String CONNECTION = "contoso-entra";

	public static final String OWNER = "owner";

	public static final String OWNER_EMAIL = "owner@contoso.example";

	List<String> forConnector() {
		String connection = "--rollcall.connections[0].";
		return List.of(connection + "id=" + CONNECTION, connection + "organization=" + ORGANIZATION,
				connection + "name=Contoso", connection + "tenant=" + this.tenant,
				connection + "client-id=" + this.clientId, connection + "client-secret=" + this.clientSecret);
	}

	List<String> forNotifier() {
		String recipient = "--rollcall.recipients[0].";
		return List.of(recipient + "organization=" + ORGANIZATION, recipient + "id=" + OWNER,
				recipient + "name=Olivia Owner", recipient + "email=" + OWNER_EMAIL, recipient + "role=OWNER");
	}

	@Override
	public String toString() {
		return "connection to " + this.tenant;
	}

}
