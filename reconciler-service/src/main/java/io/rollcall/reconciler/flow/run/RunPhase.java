package io.rollcall.reconciler.flow.run;

/**
 * How far the reconciler is with a run. Each phase can be entered again; one in which
 * there was something to do is stored before the next.
 */
public enum RunPhase {

	/** Not every partition has said that everything the run read was decided. */
	READING,
	/** Decisions about the members of changed groups are still being asked for. */
	EVALUATING,
	/** A FULL run's unseen objects are being published, chunk by chunk. */
	SWEEPING,
	/**
	 * What follows from the reading has been published; not every partition has decided
	 * it.
	 */
	AWAITING_SWEPT,
	/** What is staged for the connection is being gathered, chunk by chunk. */
	GATHERING,
	/** The guard judges what was gathered. */
	JUDGING,
	/** What the guard let through is being published, chunk by chunk. */
	RELEASING,
	/** What was let through has been published; not every partition has applied it. */
	AWAITING_RELEASED,
	/** Everything is applied, or held: it is being counted. */
	ENDING,
	/** Nothing is left to do but to say so. */
	COMPLETING,
	/** Everything the run read has been applied, or is held, and that was said. */
	COMPLETED

}
