package io.rollcall.planted.forever.kafka;

import reactor.core.publisher.Mono;

/** Planted. */
public final class Topic {

	public Object planted() {
		return Mono.just("").block();
	}

}
