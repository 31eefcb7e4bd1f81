package io.rollcall.connector.flow;

import java.util.List;
import java.util.SortedSet;

import io.rollcall.model.directory.Observation;
import reactor.core.publisher.Mono;

/** What was observed, on its way to the reconciler. */
public interface Observations {

	/**
	 * Publishes readings in order and ends when all are acknowledged.
	 * @return the partitions that they are on
	 */
	Mono<SortedSet<Integer>> publish(List<Observation.Reading> readings, boolean bulk);

	/** Publishes a run's end markers, each on the partition that it names. */
	Mono<Void> mark(List<Observation.RunMarker> markers, boolean bulk);

	/** The partition that records of this key are on. */
	int partitionOf(String key);

}
