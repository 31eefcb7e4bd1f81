package io.rollcall.planted.blocking.web;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Planted. */
public final class Page {

	public Object planted() {
		return Mono.just("").block(Duration.ofSeconds(1));
	}

}
