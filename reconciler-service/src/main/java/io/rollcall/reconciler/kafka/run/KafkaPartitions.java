package io.rollcall.reconciler.kafka.run;

import io.rollcall.model.directory.Observation;
import io.rollcall.reconciler.flow.run.Partitions;
import io.rollcall.support.kafka.EventPublisher;

/** The partition that Kafka's own partitioner gives a key. */
public final class KafkaPartitions implements Partitions {

	@Override
	public int of(Observation record) {
		return EventPublisher.partitionOf(record.key());
	}

}
