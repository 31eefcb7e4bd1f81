package io.rollcall.reconciler.flow;

import java.util.List;

import io.rollcall.model.directory.Observation;

/** Records of one partition, in offset order. */
public record Batch(int partition, List<Entry> entries) {

	public Batch {
		entries = List.copyOf(entries);
	}

	long firstOffset() {
		return this.entries.getFirst().offset();
	}

	long lastOffset() {
		return this.entries.getLast().offset();
	}

	/**
	 * One record.
	 *
	 * @param bulk whether it belongs to a bulk run
	 */
	public record Entry(long offset, boolean bulk, Observation observation) {
	}

}
