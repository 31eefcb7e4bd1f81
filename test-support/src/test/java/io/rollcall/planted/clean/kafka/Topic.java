package io.rollcall.planted.clean.kafka;

import io.rollcall.planted.clean.flow.Step;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import reactor.core.publisher.Mono;

/** Planted. */
public final class Topic {

	public Step planted() {
		Mono.just("").block(Duration.ofSeconds(1));
		return new Step();
	}

	public KafkaException kafka() {
		return new KafkaException();
	}

}
