package io.rollcall.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.rollcall.model.event.Topics;
import io.rollcall.test.WholeTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The change log from its beginning, as a consumer of the application sees it. */
final class ChangeLog implements AutoCloseable {

	private final KafkaConsumer<String, byte[]> consumer;

	private final List<Entry> entries = new ArrayList<>();

	ChangeLog(String brokers) {
		this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest",
				"isolation.level", "read_committed"), new StringDeserializer(), new ByteArrayDeserializer());
		WholeTopic.assign(this.consumer, Topics.CHANGES);
	}

	/** A change: its type's short name, its {@code ce_id} and its value. */
	record Entry(String type, String id, JsonNode value) {
	}

	/** Until there is such a change. */
	Entry await(Predicate<Entry> such) {
		return Awaitility.await("a change")
			.atMost(Duration.ofSeconds(120))
			.until(() -> all().stream().filter(such).findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	/** Everything that was published by now. */
	List<Entry> all() {
		this.consumer.poll(Duration.ofMillis(200)).forEach((record) -> {
			String type = text(record.headers().lastHeader("ce_type").value());
			this.entries.add(new Entry(type.split("\\.")[3], text(record.headers().lastHeader("ce_id").value()),
					JsonMapper.shared().readTree(record.value())));
		});
		return List.copyOf(this.entries);
	}

	@Override
	public void close() {
		this.consumer.close();
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
