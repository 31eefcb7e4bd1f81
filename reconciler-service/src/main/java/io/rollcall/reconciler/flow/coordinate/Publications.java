package io.rollcall.reconciler.flow.coordinate;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation.OfPartition;
import io.rollcall.model.event.Envelope;

/** What goes out; each call returns when all of it is acknowledged, in its order. */
public interface Publications {

	int partitionOf(ConnectionId connection, ObjectId object);

	/** Publishes each record to its own partition of a topic. */
	void records(String topic, List<? extends Envelope<? extends OfPartition>> records);

	/** Publishes each event to the partition of its key. */
	void events(String topic, List<? extends Envelope<?>> events);

}
