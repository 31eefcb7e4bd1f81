package io.rollcall.reconciler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.test.RealServices;
import io.rollcall.test.WholeTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Apply as it runs in the service: on a real Kafka and a real MongoDB. */
class ApplyServiceTests {

	private static final String DATABASE = "apply-service-tests";

	private static final OrganizationId ORGANIZATION = new OrganizationId("org");

	private static final SourceId SOURCE = new SourceId("cloud/tenant/app");

	private static MongoPorts ports;

	private static ConfigurableApplicationContext service;

	private static EventPublisher publisher;

	private static long sequence;

	@BeforeAll
	static void start() {
		RealServices.freshTopics();
		ports = MongoPorts.at(RealServices.mongoUri(), RealServices.freshMongoDatabase(DATABASE));
		service = instance();
		publisher = service.getBean(EventPublisher.class);
	}

	@AfterAll
	static void stop() {
		service.close();
		ports.close();
	}

	private static ConfigurableApplicationContext instance() {
		return ReconcilerApplication.application()
			.run("--rollcall.kafka.brokers=" + RealServices.kafkaBrokers(),
					"--rollcall.mongodb.uri=" + RealServices.mongoUri(), "--rollcall.mongodb.database=" + DATABASE,
					"--server.port=0");
	}

	private static ConnectionId connection(String name) {
		ConnectionId connection = new ConnectionId(name);
		ports.save(new Connection(connection, ORGANIZATION, SOURCE, name, ConnectionStatus.ACTIVE, Rules.standard(),
				false, Set.of()));
		return connection;
	}

	private static int partitionOf(ConnectionId connection, String object) {
		return EventPublisher.partitionOf(Observation.keyOf(connection, new ObjectId(object)));
	}

	private static ProducerRecord<byte[], byte[]> user(ConnectionId connection, String object, String name) {
		int partition = partitionOf(connection, object);
		return record(Topics.OBSERVATIONS, partition, connection, List.of(cell(0, connection, object, name)));
	}

	private static Cell cell(int index, ConnectionId connection, String object, String name) {
		return new Cell.ObjectRead(index, new ObjectId(object), ObjectKind.USER, new Attributes(Map
			.of("userPrincipalName", object + "@" + connection + ".org", "displayName", name, "accountEnabled", true)),
				null);
	}

	private static ProducerRecord<byte[], byte[]> record(String topic, int partition, ConnectionId connection,
			List<Cell> cells) {
		return EventPublisher.record(topic, partition,
				Envelope.of("o" + sequence, "/test", Instant.EPOCH,
						new Observation.CellsObserved(ORGANIZATION, connection, SOURCE, new Sequence(++sequence),
								partition, null, Rules.standard().userAttributes(), cells)));
	}

	private static List<String> names(ConnectionId connection) {
		return ports.accounts(ORGANIZATION)
			.stream()
			.map(StoredAccount::account)
			.filter((account) -> account.object() != null && account.object().connection().equals(connection))
			.map((account) -> account.name())
			.sorted()
			.toList();
	}

	private static void awaitNames(ConnectionId connection, List<String> names) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(names(connection)).isEqualTo(names));
	}

	@Test
	void aBadRecordAndABadCellBecomeLettersAndTheOthersGoOn() {
		ConnectionId connection = connection("bad");
		ProducerRecord<byte[], byte[]> good = user(connection, "u1", "One");
		String twoCells = new String(Objects.requireNonNull(good.value()), StandardCharsets.UTF_8).replace(
				"\"cells\":[", "\"cells\":[{\"cell\":\"object\",\"index\":7,\"object\":\"u1\",\"kind\":\"USER\"},");
		publisher.publishAll(List.of(
				new ProducerRecord<>(good.topic(), good.partition(), good.key(),
						"{not json".getBytes(StandardCharsets.UTF_8), good.headers()),
				new ProducerRecord<>(good.topic(), good.partition(), good.key(),
						twoCells.getBytes(StandardCharsets.UTF_8), good.headers()),
				user(connection, "u2", "Two"), user(connection, "u1", "One again")))
			.join();
		awaitNames(connection, List.of("One again", "Two"));
		assertThat(service.getBean(DeadLetters.class).newest(10)).extracting((letter) -> letter.index())
			.containsExactlyInAnyOrder(null, 7);
	}

	@Test
	void whatIsTooMuchForABatchIsPolledAgain() {
		ConnectionId connection = connection("much");
		int partition = partitionOf(connection, "first");
		List<String> people = Stream.iterate(0, (i) -> i + 1)
			.map((i) -> "m" + i)
			.filter((object) -> partitionOf(connection, object) == partition)
			.limit(2_400)
			.toList();
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int from = 0; from < people.size(); from += 400) {
			List<Cell> cells = new ArrayList<>();
			for (String object : people.subList(from, from + 400)) {
				cells.add(cell(cells.size(), connection, object, object));
			}
			records.add(record(Topics.SNAPSHOTS, partition, connection, cells));
		}
		publisher.publishAll(records).join();
		awaitNames(connection, people.stream().sorted().toList());
	}

	@Test
	void twoInstancesShareThePartitionsAndEveryChangeIsToldOnce() {
		ConnectionId connection = connection("shared");
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			publisher.publishAll(List.of(user(connection, "s" + i, "Name " + i))).join();
			expected.add("Name " + i + " b");
		}
		try (ConfigurableApplicationContext second = instance()) {
			for (int i = 0; i < 100; i++) {
				publisher.publishAll(List.of(user(connection, "s" + i, "Name " + i + " b"))).join();
			}
			expected.sort(null);
			awaitNames(connection, expected);
			assertThat(second.isRunning()).isTrue();
		}
		for (int i = 0; i < 100; i++) {
			publisher.publishAll(List.of(user(connection, "s" + i, "Name " + i))).join();
		}
		awaitNames(connection, expected.stream().map((name) -> name.substring(0, name.length() - 2)).sorted().toList());
		Map<String, Long> versions = new HashMap<>();
		Map<String, Change> byId = new LinkedHashMap<>();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			byId.clear();
			changes().stream()
				.filter((change) -> change.cause().connection().equals(connection))
				.forEach((change) -> byId.putIfAbsent(change.id(), change));
			versions.clear();
			byId.values().forEach((change) -> versions.merge(change.key(), 1L, Long::sum));
			ports.accounts(ORGANIZATION)
				.stream()
				.map(StoredAccount::account)
				.filter((account) -> account.object() != null && account.object().connection().equals(connection))
				.forEach((account) -> assertThat(versions.get(account.organization() + ":" + account.id()))
					.isEqualTo(account.version()));
		});
	}

	private static List<Change> changes() {
		List<Change> changes = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", RealServices.kafkaBrokers()), new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			WholeTopic.assign(consumer, Topics.CHANGES);
			Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
			while (consumer.assignment()
				.stream()
				.anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				consumer.poll(Duration.ofMillis(200))
					.forEach((record) -> changes
						.add(EventFormat.json().readValue(record.value(), Change.AccountChanged.class)));
			}
		}
		return changes;
	}

	@Test
	void aConnectionThatFailsAloneIsSetAsideAndStopsNobody() {
		ConnectionId broken = connection("broken");
		ConnectionId healthy = connection("healthy");
		ports.breakDocumentOf(broken);
		publisher.publishAll(List.of(user(broken, "u1", "One"))).join();
		publisher.publishAll(List.of(user(healthy, "u1", "One"), user(healthy, "u2", "Two"))).join();
		awaitNames(healthy, List.of("One", "Two"));
		assertThat(names(broken)).isEmpty();
	}

}
