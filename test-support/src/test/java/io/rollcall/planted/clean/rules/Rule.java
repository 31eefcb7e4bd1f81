package io.rollcall.planted.clean.rules;

/** Planted. */
public final class Rule {

	public String planted() {
		return "pure";
	}

}
