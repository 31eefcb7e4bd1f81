package io.rollcall.model.run;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Event;

/**
 * What a connection's rules need to be read from Graph: one that was not read yet starts
 * a FULL run.
 */
public record RulesPublished(OrganizationId organization, ConnectionId connection, int version,
		List<String> userAttributes, List<String> groupAttributes, Instant at) implements Event {

	@Override
	public String key() {
		return this.connection.value();
	}

}
