package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import reactor.core.publisher.Mono;

/** Tells people when a tenant has not been read for too long, and when it is again. */
final class Freshness {

	private final RunEvents events;

	private final SyncStates states;

	private final Duration promised;

	private final InstantSource clock;

	Freshness(RunEvents events, SyncStates states, Duration promised, InstantSource clock) {
		this.events = events;
		this.states = states;
		this.promised = promised;
		this.clock = clock;
	}

	/** After a failure: whether it has lasted too long. */
	Mono<Void> judge(Tenure tenure, Problem problem) {
		Instant now = this.clock.instant();
		SyncState state = tenure.state();
		Instant readAt = (state.readAt() != null) ? state.readAt() : tenure.connection().updatedAt();
		if (state.stale() || readAt.plus(this.promised).isAfter(now)) {
			return Mono.empty();
		}
		Connection connection = tenure.connection();
		return this.events
			.publish(connection.id() + ":freshness-lost:" + readAt.toEpochMilli(),
					new RunEvent.FreshnessLost(connection.organization(), connection.id(), readAt, problem, now))
			.then(this.states.save(state.stale(true)))
			.doOnNext(tenure::state)
			.then();
	}

	/** After a page: gives the state to be saved, which is fresh. */
	Mono<SyncState> restored(Connection connection, SyncState state, Instant now) {
		SyncState read = state.readAt(now);
		if (!state.stale()) {
			return Mono.just(read);
		}
		return this.events
			.publish(connection.id() + ":freshness-restored:" + now.toEpochMilli(),
					new RunEvent.FreshnessRestored(connection.organization(), connection.id(), now))
			.thenReturn(read.stale(false));
	}

}
