package io.rollcall.planted.cyclic.mongo.one;

import io.rollcall.planted.cyclic.mongo.two.Two;

/** Planted. */
public final class One {

	public Object planted() {
		return new Two();
	}

}
