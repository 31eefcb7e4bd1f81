package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.directory.Observation;

/**
 * A part of a batch that is applied as a whole. A record about a run stands alone:
 * everything before it is applied first.
 */
sealed interface Segment {

	/**
	 * Records about objects.
	 *
	 * @param batchFrom where the batch began: it is delivered again from there
	 */
	record OfObjects(int partition, long batchFrom, List<Batch.Entry> entries) implements Segment {

		long firstOffset() {
			return this.entries.getFirst().offset();
		}

		long lastOffset() {
			return this.entries.getLast().offset();
		}

	}

	/** A record about a run. */
	record OfRun(int partition, long offset, Observation record) implements Segment {
	}

	static List<Segment> of(Batch batch) {
		List<Segment> segments = new ArrayList<>();
		List<Batch.Entry> objects = new ArrayList<>();
		for (Batch.Entry entry : batch.entries()) {
			if (entry.observation() instanceof Observation.OfObject) {
				objects.add(entry);
			}
			else {
				close(segments, batch, objects);
				objects = new ArrayList<>();
				segments.add(new OfRun(batch.partition(), entry.offset(), entry.observation()));
			}
		}
		close(segments, batch, objects);
		return segments;
	}

	private static void close(List<Segment> segments, Batch batch, List<Batch.Entry> objects) {
		if (!objects.isEmpty()) {
			segments.add(new OfObjects(batch.partition(), batch.entries().getFirst().offset(), objects));
		}
	}

}
