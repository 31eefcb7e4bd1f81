package io.rollcall.connector.flow;

import java.time.InstantSource;

import io.rollcall.model.Sequence;
import reactor.core.publisher.Mono;

/** Gives each request to Graph its place among all requests of its connection. */
final class Sequences {

	static final long COUNTERS = 1L << 22;

	private final SyncStates states;

	private final InstantSource clock;

	Sequences(SyncStates states, InstantSource clock) {
		this.states = states;
		this.clock = clock;
	}

	/** The next sequence; raises the epoch when its counter is used up. */
	Mono<Sequence> next(Tenure tenure) {
		long count = tenure.count();
		if (count < COUNTERS) {
			return Mono.just(Sequence.of(tenure.state().epoch(), count));
		}
		return this.states.raiseEpoch(tenure.state(), this.clock.instant()).map((raised) -> {
			tenure.state(raised);
			return Sequence.of(raised.epoch(), tenure.count());
		});
	}

}
