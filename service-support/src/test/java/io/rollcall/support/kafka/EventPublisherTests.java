package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent.FreshnessRestored;
import io.rollcall.test.RealServices;
import io.rollcall.test.WholeTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Events on their way out. */
class EventPublisherTests {

	private final TestTopic topic = new TestTopic(Topics.PARTITIONS);

	private final EventPublisher publisher = new EventPublisher(TestTopic.settings());

	@AfterEach
	void close() {
		this.publisher.close();
		this.topic.close();
	}

	@Test
	void sendsAKeyWhereItSaysThatItDoes() {
		for (int i = 0; i < 20; i++) {
			String connection = "c" + i;
			RecordMetadata sent = this.publisher.publish(this.topic.name(), event(connection, "x")).join();
			assertThat(sent.partition()).isEqualTo(EventPublisher.partitionOf(connection));
		}
		assertThat(this.publisher.publishAll(List.of(EventPublisher.record(this.topic.name(), 7, event("c1", "x"))))
			.join()).extracting(RecordMetadata::partition).containsExactly(7);
	}

	@Test
	void waitsOnceForManyToSeveralTopicsAndPartitionsAndKeepsTheirOrder() {
		String other = this.topic.name() + ".other";
		this.topic.create(other, Topics.PARTITIONS);
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			records.add(EventPublisher.record((i % 3 == 0) ? other : this.topic.name(), i % 2, event("c", "e" + i)));
		}
		List<RecordMetadata> sent = this.publisher.publishAll(records).join();
		assertThat(sent).hasSize(300).doesNotContainNull();
		assertThat(sent.get(3).topic()).isEqualTo(other);
		List<ConsumerRecord<byte[], byte[]>> read = read(200);
		assertThat(read).filteredOn((record) -> record.partition() == 1)
			.isSortedAccordingTo((left, right) -> Integer.compare(number(left), number(right)))
			.hasSize(100);
		assertThat(this.publisher.publishAll(List.of()).join()).isEmpty();
	}

	@Test
	void sendsWhatWasStoredAsBytesAsItWouldHaveSentTheEvent() {
		Instant at = Instant.parse("2026-12-01T10:00:00Z");
		FreshnessRestored event = new FreshnessRestored(new OrganizationId("acme"), new ConnectionId("c"), at);
		Envelope<?> envelope = new Envelope<>("e", "/test", at, new RunId("r"), event);
		this.publisher.publish(this.topic.name(), envelope).join();
		Map<String, byte[]> headers = EventFormat.headers("e", "/test", EventTypes.nameOf(FreshnessRestored.class), at,
				"c", new RunId("r"));
		this.publisher
			.publishAll(List.of(EventPublisher.record(this.topic.name(), null, "c", headers, EventFormat.value(event)),
					EventPublisher.record(this.topic.name(), null, "c", Map.of(), null)))
			.join();
		List<ConsumerRecord<byte[], byte[]>> read = read(3);
		assertThat(headers(read.get(1))).isEqualTo(headers(read.get(0))).containsEntry("ce_run", "r");
		assertThat(read.get(1).key()).isEqualTo(read.get(0).key());
		assertThat(read.get(1).value()).isEqualTo(read.get(0).value());
		assertThat(read.get(1).partition()).isEqualTo(read.get(0).partition());
		assertThat(read.get(2).value()).isNull();
		Received received = Received.of(read.get(1));
		assertThat(received.run()).isEqualTo("r");
		assertThat(received.read(Event.class)).isEqualTo(new EventFormat.Reading.Known<>(envelope));
	}

	@Test
	void endsBadlyInTimeWhenNobodyAcknowledges() {
		KafkaSettings nobody = new KafkaSettings("localhost:1", (short) 1, Map.of(), Duration.ofSeconds(2));
		Instant begun = Instant.now();
		try (EventPublisher lonely = new EventPublisher(nobody)) {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> lonely.publish(this.topic.name(), event("c", "x")).join());
		}
		assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(9));
	}

	@Test
	void endsBadlyWhenOneOfManyIsRefused() {
		List<ProducerRecord<byte[], byte[]>> records = List.of(
				EventPublisher.record(this.topic.name(), null, event("c", "x")),
				EventPublisher.record(this.topic.name(), null, "c", Map.of(), new byte[2 << 20]),
				EventPublisher.record(this.topic.name(), null, event("c", "y")));
		assertThat(this.publisher.publishAll(records)).failsWithin(Duration.ofSeconds(30));
	}

	private static Envelope<?> event(String connection, String id) {
		return Envelope.of(id, "/test", Instant.EPOCH,
				new FreshnessRestored(new OrganizationId("acme"), new ConnectionId(connection), Instant.EPOCH));
	}

	private static int number(ConsumerRecord<byte[], byte[]> record) {
		return Integer.parseInt(headers(record).getOrDefault("ce_id", "").substring(1));
	}

	private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
		Map<String, String> headers = new LinkedHashMap<>();
		for (Header header : record.headers()) {
			headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
		}
		return headers;
	}

	private List<ConsumerRecord<byte[], byte[]>> read(int count) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", RealServices.kafkaBrokers()), new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			WholeTopic.assign(consumer, this.topic.name());
			await().until(() -> {
				consumer.poll(Duration.ofMillis(100)).forEach(records::add);
				return records.size() >= count;
			});
		}
		return records;
	}

}
