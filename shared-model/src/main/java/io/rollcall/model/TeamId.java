package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of one of the application's own teams. */
public record TeamId(@JsonValue String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public TeamId {
		Ids.check("team id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
