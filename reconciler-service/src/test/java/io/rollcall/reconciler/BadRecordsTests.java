package io.rollcall.reconciler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.DecideRequested;
import io.rollcall.model.directory.Observation.RunContinued;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.kafka.run.KafkaPartitions;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What can never be applied is set aside, and what is behind it is applied. */
class BadRecordsTests {

	private static final int USERS = 40;

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("bad-records-tests"), CrashPoints.NONE);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> reconciler.rest().get("/actuator/health/readiness").status() == 200);
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void theProjectionGoesOnBehindABadRecord() throws Exception {
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			send(new ProducerRecord<>(Topics.CHANGES, partition, bytes("org-projected:nobody"), bytes("nonsense")));
			send(invented(Topics.CHANGES, partition, "io.rollcall.change.Invented.v1"));
			ProducerRecord<byte[], byte[]> odd = invented(Topics.CHANGES, partition, "io.rollcall.change.Odd.v1");
			odd.headers().add("empty", null);
			send(odd);
		}
		FullRun run = new FullRun("projected", 1);
		for (int i = 0; i < USERS; i++) {
			run.user("u" + i, "User " + i);
		}
		run.publish(reconciler);
		try (Topic accounts = new Topic(kafka.bootstrapServers(), Topics.ACCOUNTS)) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(
						accounts.latest().keySet().stream().filter((key) -> key.startsWith("org-projected:")))
					.hasSize(USERS));
		}
		assertThat(letters("rollcall-projection")).hasSize(3 * Topics.PARTITIONS)
			.extracting(DeadLetter::reason)
			.containsOnly("header ce_type, ce_id or ce_source is missing: not a CloudEvent in binary mode",
					"event type io.rollcall.change.Invented.v1 is unknown",
					"event type io.rollcall.change.Odd.v1 is unknown");
		assertThat(read(Topics.deadLetters(Topics.CHANGES, "rollcall-projection"))).hasSize(3 * Topics.PARTITIONS);
	}

	@Test
	void theReconcilerGoesOnBehindAnUnknownTypeAWrongKeyAndAnUnknownStep() throws Exception {
		DecideRequested decide = new DecideRequested(new OrganizationId("org-observed"),
				new ConnectionId("con-observed"), new ObjectId("u0"), "a test asks", null);
		int partition = new KafkaPartitions().of(decide);
		send(invented(Topics.OBSERVATIONS, partition, "io.rollcall.observation.Invented.v1"));
		ProducerRecord<byte[], byte[]> right = EventPublisher.record(Topics.OBSERVATIONS, partition,
				Envelope.of("wrong-key", "/test", Instant.now(), decide));
		send(new ProducerRecord<>(Topics.OBSERVATIONS, partition, bytes("con-observed:u1"), right.value(),
				right.headers()));
		RunContinued invented = new RunContinued(new OrganizationId("org-observed"), new ConnectionId("con-observed"),
				new RunId("run-observed"), "invented", 1);
		send(EventPublisher.record(Topics.OBSERVATIONS, partition,
				Envelope.of("invented", "/test", Instant.now(), invented)));
		new FullRun("observed", 1).user("u0", "User 0").publish(reconciler);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> reconciler.rest()
				.get("/api/organizations/org-observed/accounts")
				.body()
				.get("items")
				.size() == 1);
		assertThat(letters("rollcall-reconciler")).extracting(DeadLetter::reason)
			.containsExactlyInAnyOrder(
					"event type io.rollcall.observation.Invented.v1 is unknown here: it may be newer than this "
							+ "service, then redrive it later",
					"the record's key is 'con-observed:u1' and must be 'con-observed:u0': its order is not certain",
					"'invented' is no step of a run here: it may be newer than this service, then redrive it later");
		assertThat(read(Topics.deadLetters(Topics.OBSERVATIONS, "rollcall-reconciler"))).hasSize(3);
	}

	private static List<DeadLetter> letters(String group) {
		List<DeadLetter> letters = reconciler.bean(DeadLetters.class)
			.newest(1_000)
			.filter((letter) -> letter.group().equals(group))
			.collectList()
			.block(Duration.ofSeconds(10));
		assertThat(letters).allSatisfy((letter) -> assertThat(letter.value()).isNotNull());
		return letters;
	}

	private static ProducerRecord<byte[], byte[]> invented(String topic, int partition, String type) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, bytes("nobody:nothing"),
				bytes("{}"));
		Stream.of("ce_specversion=1.0", "ce_id=new", "ce_source=/test", "ce_type=" + type)
			.map((header) -> header.split("="))
			.forEach((header) -> record.headers().add(header[0], bytes(header[1])));
		return record;
	}

	private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", kafka.bootstrapServers()), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			producer.send(record).get();
		}
	}

	private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(Duration.ofMillis(100)).forEach(records::add);
			}
		}
		return records;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
