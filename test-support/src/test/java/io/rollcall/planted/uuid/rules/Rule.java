package io.rollcall.planted.uuid.rules;

import java.util.UUID;

/** Planted. */
public final class Rule {

	public Object planted() {
		return UUID.randomUUID();
	}

}
