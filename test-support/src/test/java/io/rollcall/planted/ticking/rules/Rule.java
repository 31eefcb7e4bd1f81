package io.rollcall.planted.ticking.rules;

import java.time.Clock;

/** Planted. */
public final class Rule {

	public long planted(Clock clock) {
		return clock.millis();
	}

}
