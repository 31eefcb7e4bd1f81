package io.rollcall.reconciler.kafka;

import java.util.List;
import java.util.concurrent.CompletionException;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.EventFormat;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.flow.apply.Unavailable;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.support.kafka.EventPublisher;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Publishes what apply hands out. */
public final class KafkaOutbound implements Outbound {

	private static final String SOURCE = "/rollcall/reconciler";

	private final EventPublisher publisher;

	public KafkaOutbound(EventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void publish(List<Message> messages) {
		try {
			this.publisher.publishAll(messages.stream().map(KafkaOutbound::record).toList()).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RecordTooLargeException tooLarge) {
				throw tooLarge;
			}
			throw new Unavailable("Kafka does not acknowledge", ex);
		}
	}

	@Override
	public int partitionOf(ObjectKey object) {
		return EventPublisher.partitionOf(Observation.keyOf(object.connection(), object.object()));
	}

	private static ProducerRecord<byte[], byte[]> record(Message message) {
		return EventPublisher.record(message.topic(), message.partition(), message.key(),
				EventFormat.headers(message.id(), SOURCE, message.type(), message.time(), message.key(), message.run()),
				message.value());
	}

}
