package io.rollcall.reconciler.flow.run;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.RunMarker;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The runs that this service was told of. */
public interface Runs {

	/** Records a marker, the same one any number of times; gives the run with it. */
	Mono<RunState> mark(RunMarker marker);

	Mono<RunState> find(ConnectionId connection, RunId run);

	/**
	 * Stores how far a run is. Gives the run as it then is; empty when somebody else
	 * stored something since it was read.
	 */
	Mono<RunState> save(RunState read, RunWork further);

	/** The newest first. */
	Flux<RunState> newest(ConnectionId connection, int limit);

}
