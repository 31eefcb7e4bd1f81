package io.rollcall.support.kafka;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.EventFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whose a record is, as far as its value can be read. */
record Addressee(@Nullable OrganizationId organization, @Nullable ConnectionId connection) {

	private static final Addressee UNKNOWN = new Addressee(null, null);

	static Addressee of(byte @Nullable [] value) {
		if (value == null) {
			return UNKNOWN;
		}
		try {
			JsonNode event = EventFormat.json().readTree(value);
			String organization = event.path("organization").asString("");
			String connection = event.path("connection").asString("");
			return new Addressee(organization.isEmpty() ? null : new OrganizationId(organization),
					connection.isEmpty() ? null : new ConnectionId(connection));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return UNKNOWN;
		}
	}

}
