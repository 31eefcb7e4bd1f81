package io.rollcall.planted.upwards.flow;

import io.rollcall.planted.upwards.mongo.Table;

/** Planted. */
public final class Step {

	public Object planted() {
		return new Table();
	}

}
