package io.rollcall.planted.wired.mongo;

import io.rollcall.planted.wired.Wiring;

/** Planted. */
public final class Table {

	public Object planted() {
		return new Wiring();
	}

}
