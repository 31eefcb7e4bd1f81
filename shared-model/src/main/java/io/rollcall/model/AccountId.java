package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of one of the application's own users. */
public record AccountId(@JsonValue String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public AccountId {
		Ids.check("account id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
