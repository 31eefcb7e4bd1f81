package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import io.rollcall.model.RunId;
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

	/**
	 * An event that was stored as its bytes, such as a pending change: the same record
	 * that it would have become at once.
	 * @param type {@code ce_type}
	 */
	public static Outgoing stored(String topic, String key, String id, String source, String type, Instant time,
			@Nullable RunId run, byte[] value) {
		return new Outgoing(topic, null, key, EventFormat.headers(id, source, type, time, key, run), value);
	}

	/** Takes the state of a key out of a compacted topic. */
	public static Outgoing tombstone(String topic, String key) {
		return new Outgoing(topic, null, key, Map.of(), null);
	}

	ProducerRecord<byte[], byte[]> record() {
		RecordHeaders recordHeaders = new RecordHeaders();
		this.headers.forEach(recordHeaders::add);
		return new ProducerRecord<>(this.topic, this.partition,
				(this.key != null) ? this.key.getBytes(StandardCharsets.UTF_8) : null, this.value, recordHeaders);
	}

}
