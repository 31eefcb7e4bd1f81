package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of an organization's link to one Entra tenant. */
public record ConnectionId(@JsonValue String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ConnectionId {
		Ids.check("connection id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
