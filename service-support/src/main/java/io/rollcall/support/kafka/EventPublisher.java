package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * Publishes events with {@code acks=all}, in order per partition. A future that ends well
 * means that the in-sync replicas have all of it; one that ends badly says nothing:
 * publish again with the same ids. It ends within {@link KafkaSettings#publishTimeout()},
 * so it may be joined without a timeout. Sending itself may block for 5 s when the
 * brokers are away or the buffer is full, so never call it on an event loop.
 */
public final class EventPublisher implements AutoCloseable {

	private final DefaultKafkaProducerFactory<byte[], byte[]> producers;

	/**
	 * A publisher with a producer of its own, for what must not queue behind the rest of
	 * a service. As a bean it needs a qualifier: the shared one is primary.
	 */
	public EventPublisher(KafkaSettings settings) {
		this.producers = new DefaultKafkaProducerFactory<>(settings.producer());
	}

	/** The partition that events of a key are published to. */
	public static int partitionOf(String key) {
		return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), Topics.PARTITIONS);
	}

	/**
	 * An event as the record that it becomes.
	 * @param partition where it is to go; null for the partition of its key
	 */
	public static ProducerRecord<byte[], byte[]> record(String topic, @Nullable Integer partition,
			Envelope<?> envelope) {
		return record(topic, partition, envelope.event().key(), EventFormat.headers(envelope),
				EventFormat.value(envelope.event()));
	}

	/** The same of what is bytes already, such as a pending change. */
	public static ProducerRecord<byte[], byte[]> record(String topic, @Nullable Integer partition, @Nullable String key,
			Map<String, byte[]> headers, byte @Nullable [] value) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition,
				(key != null) ? key.getBytes(StandardCharsets.UTF_8) : null, value);
		headers.forEach(record.headers()::add);
		return record;
	}

	/** Publishes to the partition of the event's key. */
	public CompletableFuture<RecordMetadata> publish(String topic, Envelope<?> envelope) {
		return publishAll(List.of(record(topic, null, envelope))).thenApply(List::getFirst);
	}

	/** Publishes each to the partition of its key, in order. */
	public CompletableFuture<List<RecordMetadata>> publishAll(String topic,
			Collection<? extends Envelope<?>> envelopes) {
		return publishAll(envelopes.stream().map((envelope) -> record(topic, null, envelope)).toList());
	}

	/**
	 * Publishes to any topics and partitions, in order; ends when the last one is
	 * acknowledged, badly if any was not.
	 */
	public CompletableFuture<List<RecordMetadata>> publishAll(List<ProducerRecord<byte[], byte[]>> records) {
		List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>(records.size());
		try {
			Producer<byte[], byte[]> producer = this.producers.createProducer();
			for (ProducerRecord<byte[], byte[]> record : records) {
				CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
				sent.add(acknowledged);
				producer.send(record, (metadata, failure) -> {
					if (failure != null) {
						acknowledged.completeExceptionally(failure);
					}
					acknowledged.complete(metadata);
				});
				if (acknowledged.isCompletedExceptionally()) {
					// All come again, and each of the others could block as long.
					break;
				}
			}
		}
		catch (KafkaException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
			.thenApply((done) -> sent.stream().map(CompletableFuture::join).toList());
	}

	/** Closes the producer after what was sent is acknowledged or given up. */
	@Override
	public void close() {
		this.producers.reset();
	}

}
