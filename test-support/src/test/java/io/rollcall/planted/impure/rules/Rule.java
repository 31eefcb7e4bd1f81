package io.rollcall.planted.impure.rules;

import io.rollcall.planted.impure.flow.Step;

/** Planted. */
public final class Rule {

	public Object planted() {
		return new Step();
	}

}
