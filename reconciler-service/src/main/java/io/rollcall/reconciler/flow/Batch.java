package io.rollcall.reconciler.flow;

import java.util.List;

import io.rollcall.model.directory.Observation;

/** Records of one poll, those of each partition in offset order. */
public record Batch(List<Entry> entries) {

	public Batch {
		entries = List.copyOf(entries);
	}

	/**
	 * One record.
	 *
	 * @param bulk whether it belongs to a bulk run
	 */
	public record Entry(int partition, long offset, boolean bulk, Observation observation) {
	}

}
