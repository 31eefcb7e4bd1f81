package io.rollcall.reconciler.flow.apply;

/** How far the group has committed. */
public interface CommittedOffsets {

	/**
	 * Whether a record was committed, or is of a topic that is gone: then everything that
	 * came of it was told.
	 */
	boolean isPast(Origin origin);

}
