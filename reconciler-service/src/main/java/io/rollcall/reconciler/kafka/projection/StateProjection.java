package io.rollcall.reconciler.kafka.projection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.projection.Projected;
import io.rollcall.reconciler.flow.projection.Projection;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.EventPublisher;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Projects a batch of the change log inside the container's transaction. A record that is
 * no change is set aside as a dead letter, in the same transaction.
 */
final class StateProjection implements BatchMessageListener<byte[], byte[]> {

	static final String GROUP = "rollcall-projection";

	private static final Logger log = LoggerFactory.getLogger(StateProjection.class);

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final Projection projection;

	private final KafkaOperations<byte[], byte[]> operations;

	private final DeadLetters letters;

	private final InstantSource clock;

	StateProjection(Projection projection, KafkaOperations<byte[], byte[]> operations, DeadLetters letters,
			InstantSource clock) {
		this.projection = projection;
		this.operations = operations;
		this.letters = letters;
		this.clock = clock;
	}

	@Override
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
		List<Change> changes = new ArrayList<>(records.size());
		for (ConsumerRecord<byte[], byte[]> record : records) {
			switch (read(record)) {
				case Reading.Known known when known.envelope().event() instanceof Change change -> changes.add(change);
				case Reading.Known known -> setAside(record, known.envelope().event().getClass() + " is no change");
				case Reading.Unknown unknown -> setAside(record, "event type " + unknown.type() + " is unknown");
				case Reading.Unreadable unreadable -> setAside(record, unreadable.reason());
			}
		}
		List<Projected> states = this.projection.of(changes).block(LONGEST);
		if (states != null) {
			states.forEach((state) -> this.operations.send(record(state)));
		}
	}

	private static Reading read(ConsumerRecord<byte[], byte[]> record) {
		return EventFormat.read((name) -> {
			Header header = record.headers().lastHeader(name);
			return (header != null) ? header.value() : null;
		}, record.value());
	}

	static ProducerRecord<byte[], byte[]> record(Projected projected) {
		Envelope<? extends State> state = projected.state();
		return (state != null) ? EventPublisher.record(projected.topic(), null, state)
				: new ProducerRecord<>(projected.topic(), projected.key().getBytes(StandardCharsets.UTF_8), null);
	}

	private void setAside(ConsumerRecord<byte[], byte[]> record, String reason) {
		Map<String, String> headers = new LinkedHashMap<>();
		record.headers()
			.forEach((header) -> headers.put(header.key(),
					(header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : ""));
		String key = (record.key() != null) ? new String(record.key(), StandardCharsets.UTF_8) : null;
		DeadLetter letter = new DeadLetter(record.topic(), record.partition(), record.offset(), GROUP, key, headers,
				record.value(), reason, this.clock.instant());
		this.letters.save(letter).block(LONGEST);
		ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(Topics.deadLetters(record.topic(), GROUP),
				record.partition(), record.key(), record.value(), record.headers());
		copy.headers().add("rollcall-dead-letter-reason", reason.getBytes(StandardCharsets.UTF_8));
		this.operations.send(copy);
		log.error("Dead letter {} (key {}): {}. Redrive or discard it at /api/dead-letters of this service",
				letter.id(), key, reason);
	}

}
