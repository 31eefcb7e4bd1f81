package io.rollcall.connector.flow;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Wakes a loop that rests. Listen first, then look whether there is work, then rest: what
 * rings in between is not lost.
 */
final class Bell {

	private volatile Sinks.Empty<Void> next = Sinks.empty();

	/** Ends with the next ring after this call. */
	Mono<Void> next() {
		return this.next.asMono();
	}

	synchronized void ring() {
		Sinks.Empty<Void> rung = this.next;
		this.next = Sinks.empty();
		rung.tryEmitEmpty();
	}

}
