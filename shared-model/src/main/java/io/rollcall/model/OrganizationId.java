package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of a customer of the host application: the unit of isolation. */
public record OrganizationId(@JsonValue String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public OrganizationId {
		Ids.check("organization id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
