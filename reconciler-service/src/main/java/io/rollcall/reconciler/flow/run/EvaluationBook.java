package io.rollcall.reconciler.flow.run;

import java.util.List;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The evaluations that are on their way, and whom they ask for. */
public interface EvaluationBook {

	/** Stores an evaluation that is new; gives it as it is stored. */
	Mono<Evaluation> start(Evaluation evaluation);

	/** Notes that its first record is published: from now on its run waits for it. */
	Mono<Void> published(Evaluation evaluation);

	Mono<Evaluation> find(ConnectionId connection, String id);

	/** Stores how far it is, unless it is further already. */
	Mono<Void> save(Evaluation read, Evaluation further);

	/** How far the evaluations are that a run's reading led to. */
	Mono<OfRun> ofRun(ConnectionId connection, RunId run);

	/** The next objects with attributes that it asks for. */
	Mono<Slice> slice(Evaluation evaluation);

	/**
	 * The evaluations of one run.
	 *
	 * @param open whether one of them has still to ask
	 * @param touched the partitions that they asked on
	 */
	record OfRun(boolean open, Set<Integer> touched) {

		public OfRun {
			touched = Set.copyOf(touched);
		}

	}

	/**
	 * Some of them.
	 *
	 * @param next where to go on, or null when there are no more
	 */
	record Slice(List<ObjectId> objects, @Nullable String next) {

		public Slice {
			objects = List.copyOf(objects);
		}

	}

}
