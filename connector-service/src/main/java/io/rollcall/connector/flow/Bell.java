package io.rollcall.connector.flow;

import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Wakes a loop that rests. Listen first, then look whether there is work, then rest: what
 * rings in between is not lost.
 */
final class Bell {

	private final AtomicReference<Sinks.Empty<Void>> next = new AtomicReference<>(Sinks.empty());

	/** Ends with the next ring after this call. */
	Mono<Void> next() {
		return this.next.get().asMono();
	}

	void ring() {
		this.next.getAndSet(Sinks.empty()).tryEmitEmpty();
	}

}
