package io.rollcall.reconciler.flow.apply;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;

/** Whose decision, or wish, a write is, and so what is told of it. */
interface Writer {

	/** Null where a person asked for it without one. */
	@Nullable ConnectionId connection();

	/** The first of its records in the batch. */
	Origin cause();

	/** The run whose digest tells what comes of it. */
	@Nullable RunId run();

	/** The person who asked for it, if one did. */
	@Nullable String by();

}
