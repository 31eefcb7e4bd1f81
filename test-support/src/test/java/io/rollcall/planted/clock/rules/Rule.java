package io.rollcall.planted.clock.rules;

import java.time.Instant;

/** Planted. */
public final class Rule {

	public Object planted() {
		return Instant.now();
	}

}
