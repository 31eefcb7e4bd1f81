package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/** What a listener was given, as the records it is. */
public final class ReceivedBatch {

	private ReceivedBatch() {
	}

	/** The records of a batch listener, in the given order. */
	public static List<Received> of(List<ConsumerRecord<byte[], byte[]>> records) {
		return records.stream().map(ReceivedBatch::of).toList();
	}

	/** One record of a listener. */
	public static Received of(ConsumerRecord<byte[], byte[]> record) {
		return new Received(record.topic(), record.partition(), record.offset(), text(record.key()), record.headers(),
				record.value());
	}

	/** The records of a batch of Spring Cloud Stream, in the order of the batch. */
	public static List<Received> of(Message<List<byte[]>> batch) {
		List<?> values = batch.getPayload();
		List<?> topics = column(batch, KafkaHeaders.RECEIVED_TOPIC);
		List<?> partitions = column(batch, KafkaHeaders.RECEIVED_PARTITION);
		List<?> offsets = column(batch, KafkaHeaders.OFFSET);
		List<?> keys = column(batch, KafkaHeaders.RECEIVED_KEY);
		List<?> headers = column(batch, batch.getHeaders().containsKey(KafkaHeaders.NATIVE_HEADERS)
				? KafkaHeaders.NATIVE_HEADERS : KafkaHeaders.BATCH_CONVERTED_HEADERS);
		List<Received> records = new ArrayList<>(values.size());
		for (int i = 0; i < values.size(); i++) {
			records.add(new Received((String) topics.get(i), (Integer) partitions.get(i), (Long) offsets.get(i),
					text(bytes(keys.get(i))), headers(headers.get(i)), bytes(values.get(i))));
		}
		return records;
	}

	private static List<?> column(Message<?> batch, String name) {
		return Objects.requireNonNull(batch.getHeaders().get(name, List.class),
				() -> "the batch has no header " + name + ": is the binding's batch-mode on?");
	}

	private static Headers headers(Object ofRecord) {
		if (ofRecord instanceof Headers kafkaHeaders) {
			return kafkaHeaders;
		}
		RecordHeaders headers = new RecordHeaders();
		((Map<?, ?>) ofRecord).forEach((name, value) -> headers.add((String) name, bytes(value)));
		return headers;
	}

	private static @Nullable String text(byte @Nullable [] value) {
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
	}

	private static byte @Nullable [] bytes(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		// A tombstone is a KafkaNull; a header mapper may have made text of a header.
		return (value instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

}
