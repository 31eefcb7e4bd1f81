package io.rollcall.planted.reactive.rules;

import reactor.core.publisher.Mono;

/** Planted. */
public final class Rule {

	public Object planted() {
		return Mono.empty();
	}

}
