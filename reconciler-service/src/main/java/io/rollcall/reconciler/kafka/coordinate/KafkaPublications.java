package io.rollcall.reconciler.kafka.coordinate;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.OfPartition;
import io.rollcall.model.event.Envelope;
import io.rollcall.reconciler.flow.coordinate.Publications;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.Outgoing;

/** Publishes with the service's one publisher. */
public final class KafkaPublications implements Publications {

	private final EventPublisher publisher;

	public KafkaPublications(EventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public int partitionOf(ConnectionId connection, ObjectId object) {
		return EventPublisher.partitionOf(Observation.keyOf(connection, object));
	}

	@Override
	public void publish(String topic, List<? extends Envelope<?>> events) {
		this.publisher
			.publishAll(events.stream()
				.map((event) -> (event.event() instanceof OfPartition of) ? Outgoing.of(topic, of.partition(), event)
						: Outgoing.of(topic, event))
				.toList())
			.join();
	}

}
