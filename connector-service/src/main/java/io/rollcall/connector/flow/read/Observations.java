package io.rollcall.connector.flow.read;

import java.util.List;

import io.rollcall.model.directory.Observation;

/** What is read, on the topics that apply reads. */
public interface Observations {

	/** Publishes in order; ends when Kafka has them all. */
	void publish(String topic, List<? extends Observation.OfPartition> records);

	/** The partition of an object's key. */
	int partitionOf(String key);

}
