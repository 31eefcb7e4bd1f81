package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.model.directory.Observation;

/** The observations topic of a test: partitions, offsets, and what was committed. */
final class Log {

	static final int PARTITIONS = 4;

	private final Map<Integer, List<Batch.Entry>> partitions = new TreeMap<>();

	private final Map<Integer, Integer> committed = new TreeMap<>();

	synchronized void append(Observation observation) {
		append(partitionOf(observation.key()), observation);
	}

	synchronized void append(int partition, Observation observation) {
		List<Batch.Entry> entries = this.partitions.computeIfAbsent(partition, (p) -> new ArrayList<>());
		entries.add(new Batch.Entry(partition, entries.size(), false, observation));
	}

	/** The partitions with records that are not committed. */
	synchronized List<Integer> waiting() {
		return this.partitions.keySet().stream().filter((partition) -> lag(partition) > 0).toList();
	}

	synchronized int lag(int partition) {
		return this.partitions.getOrDefault(partition, List.of()).size() - this.committed.getOrDefault(partition, 0);
	}

	/**
	 * The next records of each partition, at most so many of each; again until they are
	 * committed.
	 */
	synchronized Batch poll(Collection<Integer> partitions, int most) {
		List<Batch.Entry> polled = new ArrayList<>();
		for (int partition : partitions) {
			int from = this.committed.getOrDefault(partition, 0);
			List<Batch.Entry> entries = this.partitions.get(partition);
			polled.addAll(entries.subList(from, Math.min(entries.size(), from + most)));
		}
		return new Batch(polled);
	}

	synchronized void commit(Batch batch) {
		batch.entries().forEach((entry) -> this.committed.put(entry.partition(), (int) entry.offset() + 1));
	}

	static int partitionOf(String key) {
		return Math.floorMod(key.hashCode(), PARTITIONS);
	}

}
