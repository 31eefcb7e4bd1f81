package io.rollcall.connector.graph;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;

/** What a connection shows to Entra. */
record Credential(String tenant, String clientId, Secret secret) {

	static Credential of(Connection connection) {
		Secret secret = connection.clientSecret();
		return new Credential(connection.tenant(), connection.clientId(), (secret != null) ? secret : new Secret(""));
	}

}
