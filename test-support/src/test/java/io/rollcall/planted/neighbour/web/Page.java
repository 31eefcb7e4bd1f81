package io.rollcall.planted.neighbour.web;

import io.rollcall.planted.clean.rules.Rule;

/** Planted. */
public final class Page {

	public Object planted() {
		return new Rule();
	}

}
