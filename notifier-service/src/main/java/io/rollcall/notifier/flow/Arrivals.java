package io.rollcall.notifier.flow;

import java.time.Duration;

import io.rollcall.notifier.rules.InboxId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Wakes those who follow an inbox. Best effort: who is not woken looks by itself after a
 * while.
 */
public final class Arrivals {

	private static final Duration CONTENTION = Duration.ofMillis(100);

	private final Sinks.Many<InboxId> arrivals = Sinks.many().multicast().directBestEffort();

	/** Says that something came into the inbox. */
	public void announce(InboxId inbox) {
		this.arrivals.emitNext(inbox, Sinks.EmitFailureHandler.busyLooping(CONTENTION));
	}

	Flux<InboxId> at(InboxId inbox) {
		return this.arrivals.asFlux().filter(inbox::equals);
	}

}
