package io.rollcall.planted.blocking.mongo;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Planted. */
public final class Table {

	public Object planted() {
		return Mono.just("").block(Duration.ofSeconds(1));
	}

}
