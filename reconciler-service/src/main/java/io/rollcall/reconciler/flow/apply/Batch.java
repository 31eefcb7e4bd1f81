package io.rollcall.reconciler.flow.apply;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.rollcall.model.directory.Observation;

/**
 * Records that are applied and committed together, those of a partition in the order of
 * their offsets.
 *
 * @param fresh whether nobody else can have the partitions yet: what has taken longer
 * neither writes nor publishes
 */
public record Batch(List<Entry> entries, BooleanSupplier fresh) {

	public Batch {
		entries = List.copyOf(entries);
	}

	/** One record, by its topic's name and, in {@code origin}, id. */
	public record Entry(String topic, Origin origin, Observation observation) {
	}

	/** It has taken too long: it is polled again, in smaller pieces. */
	public static final class TooOld extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TooOld() {
			super("the batch has taken so long that others may have its partitions", null, false, false);
		}

	}

	void checkFresh() {
		if (!this.fresh.getAsBoolean()) {
			throw new TooOld();
		}
	}

}
