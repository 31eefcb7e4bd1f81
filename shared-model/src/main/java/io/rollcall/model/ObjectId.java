package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of a directory object, opaque as Graph gives it; never parsed as a UUID. */
public record ObjectId(@JsonValue String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ObjectId {
		Ids.check("object id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
