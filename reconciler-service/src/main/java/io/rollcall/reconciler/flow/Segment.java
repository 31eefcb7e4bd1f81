package io.rollcall.reconciler.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.rollcall.model.directory.Observation;

/**
 * A part of a batch that is applied as a whole, so that many partitions share a few round
 * trips. Before a record about a run everything before it on its partition is applied.
 */
sealed interface Segment {

	/**
	 * Records about objects.
	 *
	 * @param stretches what it has of each partition
	 */
	record OfObjects(List<Batch.Entry> entries, Map<Integer, Stretch> stretches) implements Segment {

		private static OfObjects of(List<Batch.Entry> entries, Map<Integer, Long> batchFrom) {
			Map<Integer, Stretch> stretches = new LinkedHashMap<>();
			for (Batch.Entry entry : entries) {
				stretches.merge(entry.partition(), new Stretch(entry.partition(),
						Objects.requireNonNull(batchFrom.get(entry.partition())), entry.offset(), entry.offset()),
						Stretch::to);
			}
			return new OfObjects(entries, stretches);
		}

		Stretch stretch(int partition) {
			return Objects.requireNonNull(this.stretches.get(partition));
		}

		/** What is answered for where objects of a partition are decided. */
		Redelivery redelivery(int partition) {
			return new Redelivery(partition, stretch(partition).first());
		}

	}

	/** Records about runs. */
	record OfRuns(List<Batch.Entry> entries) implements Segment {
	}

	/**
	 * Offsets of a partition.
	 *
	 * @param batchFrom where the batch began: it is delivered again from there
	 */
	record Stretch(int partition, long batchFrom, long first, long last) {

		/** Whether the batch has the record, here or before. */
		boolean isReached(long offset) {
			return this.batchFrom <= offset && offset <= this.last;
		}

		private Stretch to(Stretch next) {
			return new Stretch(this.partition, this.batchFrom, this.first, next.last);
		}

	}

	/** All of a batch, to be applied one after the other. */
	static List<Segment> of(Batch batch) {
		Map<Integer, Long> from = new LinkedHashMap<>();
		Map<Integer, Deque<Batch.Entry>> left = new LinkedHashMap<>();
		for (Batch.Entry entry : batch.entries()) {
			from.putIfAbsent(entry.partition(), entry.offset());
			left.computeIfAbsent(entry.partition(), (partition) -> new ArrayDeque<>()).add(entry);
		}
		List<Segment> segments = new ArrayList<>();
		while (!left.isEmpty()) {
			List<Batch.Entry> objects = new ArrayList<>();
			List<Batch.Entry> runs = new ArrayList<>();
			for (Deque<Batch.Entry> partition : left.values()) {
				take(partition, Segment::isOfObject, objects);
				take(partition, (entry) -> !isOfObject(entry), runs);
			}
			if (!objects.isEmpty()) {
				segments.add(OfObjects.of(objects, from));
			}
			if (!runs.isEmpty()) {
				segments.add(new OfRuns(runs));
			}
			left.values().removeIf(Deque::isEmpty);
		}
		return segments;
	}

	private static boolean isOfObject(Batch.Entry entry) {
		return entry.observation() instanceof Observation.OfObject;
	}

	private static void take(Deque<Batch.Entry> partition, Predicate<Batch.Entry> wanted, List<Batch.Entry> taken) {
		while (!partition.isEmpty() && wanted.test(partition.getFirst())) {
			taken.add(partition.removeFirst());
		}
	}

}
