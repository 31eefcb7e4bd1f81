package io.rollcall.connector.flow;

import java.util.List;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;

/**
 * What is read, for whoever applies it, and what people and the coordinator are told of
 * it; each call ends when Kafka has it all.
 */
public interface Publications {

	/** Readings on one of the topics that apply reads, in order. */
	void publish(String topic, List<? extends Observation.OfPartition> records);

	/** One that is told again has the same id. */
	void publish(String id, RunEvent event);

	/** One that is told again has the same id. */
	void publish(String id, Progress event);

	/** The partition of an object's key. */
	int partitionOf(String key);

}
