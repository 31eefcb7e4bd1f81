package io.rollcall.planted.cyclic.mongo.two;

import io.rollcall.planted.cyclic.mongo.one.One;

/** Planted. */
public final class Two {

	public Object planted() {
		return new One();
	}

}
