package io.rollcall.simulator.graph;

import io.rollcall.simulator.tenant.Kind;

/**
 * Where a delta chain stands; all of it travels in the token.
 *
 * @param attributes what is tracked, as bits
 * @param selected whether there was a {@code $select}
 * @param only the indexes that {@code $filter} allowed; empty for all
 * @param initial whether objects are being listed, or else changes
 * @param complete whether this is a delta link, or else a next link
 * @param from the log's size when the round began: changes before it were seen
 * @param position the next object or log entry to look at
 * @param edges how many changed members of the object at the position were sent
 * @param member the last member sent of the object at the position
 * @param afterEmpty whether the page before was an empty one
 * @param issued when the token was made, in milliseconds
 */
record DeltaState(Kind kind, long attributes, boolean manager, boolean members, boolean selected, int[] only,
		boolean initial, boolean complete, int from, int position, int edges, int member, boolean afterEmpty,
		long issued) {

	/** Before any member. */
	static final int NO_MEMBER = Integer.MIN_VALUE;

	DeltaState at(int nextPosition, int nextEdges, int nextMember, long now) {
		return new DeltaState(this.kind, this.attributes, this.manager, this.members, this.selected, this.only,
				this.initial, false, this.from, nextPosition, nextEdges, nextMember, false, now);
	}

	DeltaState emptied(long now) {
		return new DeltaState(this.kind, this.attributes, this.manager, this.members, this.selected, this.only,
				this.initial, false, this.from, this.position, this.edges, this.member, true, now);
	}

	/** The delta link: what comes after this sequence. */
	DeltaState changesAfter(int sequence, long now) {
		return new DeltaState(this.kind, this.attributes, this.manager, this.members, this.selected, this.only, false,
				true, sequence, sequence, 0, NO_MEMBER, false, now);
	}

}
