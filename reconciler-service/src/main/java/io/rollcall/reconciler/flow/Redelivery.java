package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * Which pending changes a segment still answers for: those of its own partition at or
 * past its first offset, as this may be a redelivery, and those of other partitions,
 * whose redelivery would no longer find the account. What is older was published before
 * an offset was committed.
 */
record Redelivery(int partition, long firstOffset) {

	/** What is published, again or for the first time. */
	List<Pending> due(List<Pending> pending) {
		return pending.stream()
			.filter((change) -> change.partition() != this.partition || change.offset() >= this.firstOffset)
			.toList();
	}

	/**
	 * What the next write of the document keeps; changes of other partitions become this
	 * one's.
	 */
	List<Pending> kept(List<Pending> pending, long offset) {
		List<Pending> kept = new ArrayList<>();
		for (Pending change : due(pending)) {
			kept.add((change.partition() == this.partition) ? change
					: new Pending(this.partition, offset, change.bulk(), true, change.change()));
		}
		return kept;
	}

}
