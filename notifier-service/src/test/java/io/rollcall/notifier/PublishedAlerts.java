package io.rollcall.notifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The alerts topic, as another application reads it. */
final class PublishedAlerts implements AutoCloseable {

	private final KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
			Map.of("bootstrap.servers", RealServices.kafkaBrokers(), "isolation.level", "read_committed"),
			new ByteArrayDeserializer(), new ByteArrayDeserializer());

	private final List<Envelope<?>> read = new ArrayList<>();

	PublishedAlerts() {
		List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
			.mapToObj((partition) -> new TopicPartition(Topics.ALERTS, partition))
			.toList();
		this.consumer.assign(partitions);
		this.consumer.seekToBeginning(partitions);
	}

	/** All of an organization so far. */
	List<Envelope<?>> of(String organization) {
		this.consumer.poll(Duration.ofMillis(200)).forEach((record) -> {
			EventFormat.Reading<?> reading = EventFormat.read(AlertRaised.class, (name) -> {
				Header header = record.headers().lastHeader(name);
				return (header != null) ? header.value() : null;
			}, record.value());
			this.read.add(((EventFormat.Reading.Known<?>) reading).envelope());
		});
		return this.read.stream()
			.filter((envelope) -> ((AlertRaised) envelope.event()).organization().value().equals(organization))
			.toList();
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
