package io.rollcall.planted.subscribing.kafka;

import reactor.core.publisher.Mono;

/** Planted. */
public final class Topic {

	public Object planted() {
		return Mono.just("").subscribe();
	}

}
