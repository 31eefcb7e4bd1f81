package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.model.directory.Observation;

/** The two topics of a test: partitions, offsets, and what was committed. */
final class Log implements CommittedOffsets {

	static final int PARTITIONS = 4;

	private final Map<Place, List<Batch.Entry>> partitions = new TreeMap<>();

	private final Map<Place, Integer> committed = new HashMap<>();

	synchronized void append(String topic, int partition, Observation observation) {
		List<Batch.Entry> entries = this.partitions.computeIfAbsent(new Place(topic, partition),
				(p) -> new ArrayList<>());
		entries.add(new Batch.Entry(topic, new Origin("id of " + topic, partition, entries.size()), observation));
	}

	/** The partitions with records that are not committed. */
	synchronized List<Place> waiting() {
		return this.partitions.keySet().stream().filter((place) -> lag(place) > 0).toList();
	}

	private int lag(Place place) {
		return this.partitions.getOrDefault(place, List.of()).size() - this.committed.getOrDefault(place, 0);
	}

	/** The next records, at most so many of each partition; again until committed. */
	synchronized Batch poll(Collection<Place> places, int most) {
		List<Batch.Entry> polled = new ArrayList<>();
		for (Place place : places) {
			int from = this.committed.getOrDefault(place, 0);
			List<Batch.Entry> entries = this.partitions.get(place);
			polled.addAll(entries.subList(from, Math.min(entries.size(), from + most)));
		}
		return new Batch(polled, () -> true);
	}

	synchronized void commit(Batch batch) {
		batch.entries()
			.forEach((entry) -> this.committed.merge(new Place(entry.topic(), entry.origin().partition()),
					(int) entry.origin().offset() + 1, Math::max));
	}

	@Override
	public synchronized boolean isPast(Origin origin) {
		String topic = origin.topic().substring("id of ".length());
		return !origin.topic().startsWith("id of ")
				|| origin.offset() < this.committed.getOrDefault(new Place(topic, origin.partition()), 0);
	}

	/** A partition of a topic. */
	record Place(String topic, int partition) implements Comparable<Place> {

		@Override
		public int compareTo(Place other) {
			int byTopic = this.topic.compareTo(other.topic);
			return (byTopic != 0) ? byTopic : Integer.compare(this.partition, other.partition);
		}

	}

}
