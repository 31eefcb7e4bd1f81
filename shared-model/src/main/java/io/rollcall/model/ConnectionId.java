package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of an organization's link to one Entra tenant. */
public record ConnectionId(@JsonValue String value) {

	private static final String NONE = "@";

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ConnectionId {
		Ids.check("connection id", value);
	}

	/**
	 * What stands in the place of a connection for what an organization has without one:
	 * an account that it had before, a team that a person made. No connection's id begins
	 * so.
	 */
	public static ConnectionId noneOf(OrganizationId organization) {
		return new ConnectionId(NONE + organization);
	}

	/** Whether it only stands in the place of one. */
	public boolean isNone() {
		return this.value.startsWith(NONE);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
