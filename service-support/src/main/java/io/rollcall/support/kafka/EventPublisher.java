package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.core.ProducerFactory;

/**
 * Publishes events with {@code acks=all}. A future that ends well means that the in-sync
 * replicas have the record; one that ends badly says nothing: publish again with the same
 * id. Sending may block for a few seconds when the brokers are away or the buffer is
 * full, so never call it on an event loop.
 */
public final class EventPublisher {

	private final ProducerFactory<byte[], byte[]> producers;

	public EventPublisher(ProducerFactory<byte[], byte[]> producers) {
		this.producers = producers;
	}

	/** The partition that events of a key are published to. */
	public static int partitionOf(String key) {
		return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), Topics.PARTITIONS);
	}

	/** Publishes to the partition of the event's key. */
	public CompletableFuture<RecordMetadata> publish(String topic, Envelope<?> envelope) {
		return send(topic, null, envelope);
	}

	/** Publishes to a given partition, for what must reach each of several. */
	public CompletableFuture<RecordMetadata> publish(String topic, int partition, Envelope<?> envelope) {
		return send(topic, partition, envelope);
	}

	/**
	 * Publishes in order; ends when the last one is acknowledged, badly if any was not.
	 */
	public CompletableFuture<List<RecordMetadata>> publishAll(String topic,
			Collection<? extends Envelope<?>> envelopes) {
		List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>(envelopes.size());
		for (Envelope<?> envelope : envelopes) {
			sent.add(send(topic, null, envelope));
		}
		return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
			.thenApply((done) -> sent.stream().map(CompletableFuture::join).toList());
	}

	/** An event as the record it travels in. */
	public static ProducerRecord<byte[], byte[]> record(String topic, @Nullable Integer partition,
			Envelope<?> envelope) {
		RecordHeaders headers = new RecordHeaders();
		EventFormat.headers(envelope).forEach(headers::add);
		return new ProducerRecord<>(topic, partition, envelope.event().key().getBytes(StandardCharsets.UTF_8),
				EventFormat.value(envelope.event()), headers);
	}

	private CompletableFuture<RecordMetadata> send(String topic, @Nullable Integer partition, Envelope<?> envelope) {
		CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
		try {
			Producer<byte[], byte[]> producer = this.producers.createProducer();
			producer.send(record(topic, partition, envelope), (metadata, failure) -> {
				if (failure != null) {
					sent.completeExceptionally(failure);
				}
				else {
					sent.complete(metadata);
				}
			});
		}
		catch (KafkaException ex) {
			sent.completeExceptionally(ex);
		}
		return sent;
	}

}
