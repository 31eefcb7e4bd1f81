package io.rollcall.notifier.flow;

import io.rollcall.notifier.rules.InboxId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Wakes those who follow an inbox. Best effort: who is not woken looks by itself after a
 * while.
 */
public final class Arrivals {

	private final Sinks.Many<InboxId> arrivals = Sinks.many().multicast().directBestEffort();

	/** Says that something came into the inbox. */
	public synchronized void announce(InboxId inbox) {
		this.arrivals.tryEmitNext(inbox);
	}

	/** Of arrivals that come while nobody asks for them, the last one. */
	Flux<InboxId> at(InboxId inbox) {
		return this.arrivals.asFlux().filter(inbox::equals).onBackpressureLatest();
	}

}
