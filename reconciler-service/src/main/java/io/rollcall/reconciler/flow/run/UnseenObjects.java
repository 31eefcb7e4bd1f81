package io.rollcall.reconciler.flow.run;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Stamp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The objects that a FULL run did not see. */
public interface UnseenObjects {

	/**
	 * The next objects that are there by our facts, with themselves or one of their edges
	 * older than a run's start.
	 */
	Mono<Slice> slice(ConnectionId connection, Stamp startedAt, @Nullable String cursor);

	/**
	 * Those of the objects of which a dead letter waits: they may have been seen.
	 */
	Mono<Set<ObjectId>> inDeadLetters(ConnectionId connection, Collection<ObjectId> objects);

	/** Whether a dead letter waits that may be of any object. */
	Mono<Boolean> unreadableDeadLetter();

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
