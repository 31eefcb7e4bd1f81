package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.event.EventFormat;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/** A batch of Spring Cloud Stream, as the records it is. */
public final class ReceivedBatch {

	private ReceivedBatch() {
	}

	/** The records in the order of the batch. */
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
			Object recordHeaders = headers.get(i);
			byte[] value = bytes(values.get(i));
			byte[] key = bytes(keys.get(i));
			records.add(new Received((String) topics.get(i), (Integer) partitions.get(i), (Long) offsets.get(i),
					(key != null) ? new String(key, StandardCharsets.UTF_8) : null,
					EventFormat.read((name) -> header(recordHeaders, name), value)));
		}
		return records;
	}

	private static List<?> column(Message<?> batch, String name) {
		return Objects.requireNonNull(batch.getHeaders().get(name, List.class),
				() -> "the batch has no header " + name + ": is the binding's batch-mode on?");
	}

	private static byte @Nullable [] header(Object headers, String name) {
		if (headers instanceof Headers kafkaHeaders) {
			Header header = kafkaHeaders.lastHeader(name);
			return (header != null) ? header.value() : null;
		}
		return bytes(((Map<?, ?>) headers).get(name));
	}

	private static byte @Nullable [] bytes(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		// A tombstone is a KafkaNull; a header mapper may have made text of a header.
		return (value instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

}
