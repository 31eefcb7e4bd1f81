package io.rollcall.planted.millis.rules;

/** Planted. */
public final class Rule {

	public Object planted() {
		return System.currentTimeMillis();
	}

}
