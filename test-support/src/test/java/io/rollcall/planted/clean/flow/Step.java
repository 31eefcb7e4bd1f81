package io.rollcall.planted.clean.flow;

import io.rollcall.planted.clean.rules.Rule;
import io.rollcall.support.Port;

/** Planted. */
public final class Step {

	public Rule planted() {
		return new Rule();
	}

	public Port port() {
		return new Port();
	}

}
