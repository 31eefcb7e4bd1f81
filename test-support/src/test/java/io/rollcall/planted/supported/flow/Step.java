package io.rollcall.planted.supported.flow;

import io.rollcall.support.planted.Support;

/** Planted. */
public final class Step {

	public Object planted() {
		return new Support();
	}

}
