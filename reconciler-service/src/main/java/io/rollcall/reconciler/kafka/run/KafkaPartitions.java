package io.rollcall.reconciler.kafka.run;

import java.nio.charset.StandardCharsets;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.run.Partitions;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** The partition that Kafka's own partitioner gives a key. */
public final class KafkaPartitions implements Partitions {

	@Override
	public int of(Observation record) {
		return BuiltInPartitioner.partitionForKey(record.key().getBytes(StandardCharsets.UTF_8), Topics.PARTITIONS);
	}

}
