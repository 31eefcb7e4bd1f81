package io.rollcall.planted.blocking.flow;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Planted. */
public final class Step {

	public Object planted() {
		return Mono.just("").block(Duration.ofSeconds(1));
	}

}
