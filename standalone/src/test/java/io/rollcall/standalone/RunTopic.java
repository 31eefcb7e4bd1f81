package io.rollcall.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.rollcall.model.event.EventTypes;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import io.rollcall.test.WholeTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runs topic from its beginning. */
final class RunTopic implements AutoCloseable {

	private static final String ENDED = EventTypes.nameOf(RunEvent.RunEnded.class);

	private final KafkaConsumer<String, byte[]> consumer;

	private final List<JsonNode> completed = new ArrayList<>();

	RunTopic(String brokers) {
		this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
				new StringDeserializer(), new ByteArrayDeserializer());
		WholeTopic.assign(this.consumer, Topics.RUNS);
	}

	/** All that are complete by now. */
	Stream<JsonNode> completed() {
		for (ConsumerRecord<String, byte[]> record : this.consumer.poll(Duration.ofMillis(200))) {
			if (ENDED.equals(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))) {
				JsonNode ended = JsonMapper.shared().readTree(record.value());
				if (RunEvent.Outcome.COMPLETED.name().equals(ended.path("outcome").asString())) {
					this.completed.add(ended);
				}
			}
		}
		return List.copyOf(this.completed).stream();
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
