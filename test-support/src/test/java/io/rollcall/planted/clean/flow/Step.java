package io.rollcall.planted.clean.flow;

import io.rollcall.planted.clean.rules.Rule;

/** Planted. */
public final class Step {

	public Rule planted() {
		return new Rule();
	}

}
