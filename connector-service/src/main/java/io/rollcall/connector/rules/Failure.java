package io.rollcall.connector.rules;

import java.time.Duration;

import io.rollcall.model.run.Problem;
import org.jspecify.annotations.Nullable;

/** What Graph, or the way to it, answered instead of what was asked for. */
public sealed interface Failure {

	/** What happened, in one sentence, as the other side said it. */
	String message();

	/**
	 * Whether whatever else is asked of Graph would fail too, so that all of it waits. A
	 * FULL run that fails by itself must not delay a rename.
	 */
	default boolean stopsAll() {
		return switch (this) {
			case Throttled _, Denied _ -> true;
			case Transient passing -> passing.everywhere();
			case LinkExpired _, LinkDead _, AttributeRefused _, NotFound _, Conflict _, Unreadable _ -> false;
		};
	}

	/** Too many requests; null when Graph did not say for how long. */
	record Throttled(@Nullable Duration retryAfter, String message) implements Failure {
	}

	/** The token in a delta or next link is no longer honoured: a new chain is needed. */
	record LinkExpired(String message) implements Failure {
	}

	/** A delta or next link is refused, for a reason that Graph has no code for. */
	record LinkDead(String message) implements Failure {
	}

	/** The first request of a chain is refused: for what it selects. */
	record AttributeRefused(String message) implements Failure {
	}

	/**
	 * The credential, the consent or a permission does not do.
	 *
	 * @param certain whether it was said by who decides it; otherwise it may be a replica
	 * that does not know yet
	 */
	record Denied(Problem.Code code, boolean certain, String message) implements Failure {
	}

	/** There is no such thing, or not yet on this replica. */
	record NotFound(String message) implements Failure {
	}

	/** Something of this kind exists already. */
	record Conflict(String message) implements Failure {
	}

	/**
	 * Nothing that a person must act on: it passes.
	 *
	 * @param everywhere whether it is Graph, or the way to it, that fails, and not only
	 * what was asked
	 */
	record Transient(Problem.Code code, boolean everywhere, @Nullable Duration retryAfter,
			String message) implements Failure {
	}

	/** An answer that is not what Graph promises, such as broken JSON. */
	record Unreadable(String message) implements Failure {
	}

}
