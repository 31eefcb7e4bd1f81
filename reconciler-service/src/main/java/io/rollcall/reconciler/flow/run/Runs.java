package io.rollcall.reconciler.flow.run;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.run.ApplyCounts;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The runs that this service was told of. */
public interface Runs {

	/**
	 * Records markers of one phase of one run, the same ones any number of times; gives
	 * the run with them.
	 */
	Mono<RunState> mark(List<RunMarker> markers);

	Mono<RunState> find(ConnectionId connection, RunId run);

	/**
	 * Stores how far a run is. Gives the run as it then is; empty when somebody else
	 * stored something since it was read.
	 */
	Mono<RunState> save(RunState read, RunWork further);

	/** What the run's decisions did so far. */
	Mono<ApplyCounts> applied(ConnectionId connection, RunId run);

	/** The newest first. */
	Flux<RunState> newest(ConnectionId connection, int limit);

}
