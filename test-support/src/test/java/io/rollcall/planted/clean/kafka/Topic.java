package io.rollcall.planted.clean.kafka;

import io.rollcall.planted.clean.flow.Step;
import org.apache.kafka.common.KafkaException;

/** Planted. */
public final class Topic {

	public Step planted() {
		return new Step();
	}

	public KafkaException kafka() {
		return new KafkaException();
	}

}
