package io.rollcall.planted.sideways.kafka;

import io.rollcall.planted.sideways.mongo.Table;

/** Planted. */
public final class Topic {

	public Object planted() {
		return new Table();
	}

}
