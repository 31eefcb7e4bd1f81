package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of one pass over a tenant or over stored facts. */
public record RunId(@JsonValue String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public RunId {
		Ids.check("run id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
