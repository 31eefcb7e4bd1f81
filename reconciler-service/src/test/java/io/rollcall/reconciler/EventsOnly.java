package io.rollcall.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.KafkaSettings;

/** Publishes while no service runs. */
final class EventsOnly implements AutoCloseable {

	private final EventPublisher publisher;

	EventsOnly(String brokers) {
		this.publisher = new EventPublisher(new KafkaSettings(brokers, (short) 1, Map.of(), Duration.ofSeconds(10)));
	}

	void publish(String topic, Event event) {
		this.publisher.publish(topic, Envelope.of(UUID.randomUUID().toString(), "/rollcall/test", Instant.now(), event))
			.join();
	}

	@Override
	public void close() {
		this.publisher.close();
	}

}
