package io.rollcall.reconciler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.test.WholeTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic as somebody sees it who reads it from the beginning to its end. */
public final class Topic implements AutoCloseable {

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final List<Envelope<?>> events = new ArrayList<>();

	private final Map<String, Envelope<?>> latest = new LinkedHashMap<>();

	public Topic(String brokers, String name) {
		this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
				ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"), new ByteArrayDeserializer(),
				new ByteArrayDeserializer());
		WholeTopic.assign(this.consumer, name);
	}

	/** Everything until now, in the order of each partition. */
	public List<Envelope<?>> events() {
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(this.consumer.assignment());
		while (ends.entrySet().stream().anyMatch((end) -> this.consumer.position(end.getKey()) < end.getValue())) {
			this.consumer.poll(Duration.ofMillis(100)).forEach(this::take);
		}
		return this.events;
	}

	/** The newest event of each key. */
	public Map<String, Envelope<?>> latest() {
		events();
		return this.latest;
	}

	private void take(ConsumerRecord<byte[], byte[]> record) {
		String key = new String(record.key(), StandardCharsets.UTF_8);
		if (record.value() == null) {
			this.latest.remove(key);
			return;
		}
		EventFormat.Reading<Event> reading = EventFormat.read(Event.class, (name) -> {
			Header header = record.headers().lastHeader(name);
			return (header != null) ? header.value() : null;
		}, record.value());
		if (!(reading instanceof EventFormat.Reading.Known<Event>(Envelope<Event> envelope))) {
			throw new AssertionError("cannot read " + record + ": " + reading);
		}
		this.events.add(Objects.requireNonNull(envelope));
		this.latest.put(key, envelope);
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
