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
import org.apache.kafka.common.TopicPartition;
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
		this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
				new StringDeserializer(), new ByteArrayDeserializer());
		WholeTopic.assign(this.consumer, Topics.CHANGES);
	}

	/** A change: its type's short name, its {@code ce_id} and its value. */
	record Entry(String type, String id, JsonNode value) {

		/** The account or team. */
		String subject() {
			return this.id.substring(0, this.id.lastIndexOf(':'));
		}

		/** What matters most in it. */
		String what() {
			return this.value.path("what").asString();
		}

		/** Whether something matters most in it, of an account or team with that name. */
		boolean tells(String what, String name) {
			return what().equals(what) && name.equals(this.value.path("name").asString());
		}

	}

	/** Until there is such a change. */
	Entry await(Predicate<Entry> such) {
		return Awaitility.await("a change")
			.atMost(Duration.ofSeconds(120))
			.until(() -> all().stream().filter(such).findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	/** Everything until where the topic ends now. */
	List<Entry> whole() {
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(this.consumer.assignment());
		while (ends.entrySet().stream().anyMatch((end) -> this.consumer.position(end.getKey()) < end.getValue())) {
			all();
		}
		return List.copyOf(this.entries);
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
