package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where changes come from: a cloud, a tenant and the application that reads it, as
 * {@code cloud/tenant/application}. Subscriptions and Graph's request budget belong to
 * it, and connections that share it share both. Opaque: compared, never parsed.
 */
public record SourceId(@JsonValue String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public SourceId {
		Ids.check("source id", value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
