package io.rollcall.planted.clean;

import io.rollcall.planted.clean.kafka.Topic;
import io.rollcall.planted.clean.mongo.Table;

/** Planted. */
public final class Wiring {

	public Object planted() {
		return new Topic().planted().equals(new Table());
	}

}
