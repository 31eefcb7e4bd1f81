package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record to be published.
 *
 * @param partition where it is to go; null for the partition of its key
 * @param value null is a tombstone
 */
public record Outgoing(String topic, @Nullable Integer partition, @Nullable String key, Map<String, byte[]> headers,
		byte @Nullable [] value) {

	/** An event, to the partition of its key. */
	public static Outgoing of(String topic, Envelope<?> envelope) {
		return of(topic, null, envelope);
	}

	/** An event, to a given partition. */
	public static Outgoing of(String topic, @Nullable Integer partition, Envelope<?> envelope) {
		return new Outgoing(topic, partition, envelope.event().key(), EventFormat.headers(envelope),
				EventFormat.value(envelope.event()));
	}

	ProducerRecord<byte[], byte[]> record() {
		RecordHeaders recordHeaders = new RecordHeaders();
		this.headers.forEach(recordHeaders::add);
		return new ProducerRecord<>(this.topic, this.partition,
				(this.key != null) ? this.key.getBytes(StandardCharsets.UTF_8) : null, this.value, recordHeaders);
	}

}
