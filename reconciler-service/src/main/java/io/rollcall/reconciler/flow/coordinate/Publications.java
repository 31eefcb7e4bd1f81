package io.rollcall.reconciler.flow.coordinate;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.event.Envelope;

/** What goes out; each call returns when all of it is acknowledged, in its order. */
public interface Publications {

	int partitionOf(ConnectionId connection, ObjectId object);

	/**
	 * Publishes events to a topic: to their own partition those that have one, the others
	 * to that of their key.
	 */
	void publish(String topic, List<? extends Envelope<?>> events);

}
