package io.rollcall.connector.flow;

import java.util.List;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;

/**
 * What is read, for whoever applies it, what people and the coordinator are told of it,
 * and hints, which ask the owner of a source to act; each call ends when Kafka has it
 * all.
 */
public interface Publications {

	/** Readings on one of the topics that apply reads, in order. */
	void publish(String topic, List<? extends Observation.OfPartition> records);

	/** One that is told again has the same id. */
	void publish(String id, RunEvent event);

	/** One that is told again has the same id. */
	void publish(String id, Progress event);

	/** A connection's settings and status as they are, for the coordinator. */
	default void publish(Connection told) {
		publish(told.id() + ":changed:" + told.updatedAt().toEpochMilli(), new Progress.ConnectionChanged(
				told.organization(), told.id(), told.source(), told.status(), told.name(), told.updatedAt()));
	}

	/** Ends badly when it takes longer than Graph should wait for our answer. */
	void publish(List<Hint> hints);

	/** The partition of a key: an object's, or the source that hints are for. */
	int partitionOf(String key);

}
