package io.rollcall.connector.flow;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The runs of a connection that found something or that somebody asked for. */
public interface Runs {

	/** A run as it is told to people. */
	record Entry(RunId id, ConnectionId connection, RunMode mode, RunTrigger trigger, @Nullable String by, State state,
			ReadCounts counts, @Nullable Problem problem, Instant startedAt, @Nullable Instant endedAt) {
	}

	/** How far a run has come in the connector. */
	enum State {

		READING, READ, FAILED, ABANDONED

	}

	Mono<Void> save(Entry entry);

	/** The newest first. */
	Flux<Entry> newest(ConnectionId connection, int limit);

}
