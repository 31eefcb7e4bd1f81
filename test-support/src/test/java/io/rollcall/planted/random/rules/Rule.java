package io.rollcall.planted.random.rules;

import java.util.Random;

/** Planted. */
public final class Rule {

	public Object planted() {
		return new Random(1);
	}

}
