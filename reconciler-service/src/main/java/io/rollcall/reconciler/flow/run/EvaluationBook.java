package io.rollcall.reconciler.flow.run;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The evaluations that are on their way, and whom they ask for. */
public interface EvaluationBook {

	/** Begins, or begins again in a higher chunk; gives it as it then is. */
	Mono<Evaluation> start(Evaluation evaluation);

	Mono<Evaluation> find(ConnectionId connection, String id);

	/** Stores how far it is, unless it was started again since. */
	Mono<Void> save(Evaluation read, Evaluation further);

	/** The next objects with attributes that it asks for. */
	Mono<Slice> slice(Evaluation evaluation);

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
