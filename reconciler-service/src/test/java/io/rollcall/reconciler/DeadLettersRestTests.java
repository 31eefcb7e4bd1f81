package io.rollcall.reconciler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.ObjectObserved;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.kafka.run.KafkaPartitions;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People redrive and discard what could not be processed, over HTTP. */
class DeadLettersRestTests {

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("dead-letters-rest-tests"), CrashPoints.NONE);
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void aDiscardedRecordIsGone() throws Exception {
		send(new ProducerRecord<>(Topics.OBSERVATIONS, "con:nonsense".getBytes(StandardCharsets.UTF_8),
				"nonsense".getBytes(StandardCharsets.UTF_8)));
		JsonNode letter = letter("con:nonsense");
		assertThat(letter.get("value").asString()).isEqualTo("nonsense");
		assertThat(letter.get("reason").asString()).isNotBlank();
		String path = "/api/dead-letters/" + letter.get("id").asString();
		assertThat(reconciler.rest().post(path + "/discard", "").status()).isEqualTo(200);
		Rest.Answer again = reconciler.rest().post(path + "/redrive", "");
		assertThat(again.status()).isEqualTo(404);
		assertThat(again.body().get("detail").asString()).contains("redriven or discarded already");
	}

	/** As after an upgrade: what could not be processed before now can. */
	@Test
	void aRedrivenRecordIsProcessed() {
		ObjectObserved observed = new ObjectObserved(new OrganizationId("org-redriven"),
				new ConnectionId("con-redriven"), new ObjectId("u0"), ObjectKind.USER, new RunId("run-redriven"),
				new Stamp(Sequence.of(1, 1), 0), 1,
				new Attributes(Map.of("displayName", "Ada", "mail", "ada@example.org")));
		ProducerRecord<byte[], byte[]> record = EventPublisher.record(Topics.OBSERVATIONS, null,
				Envelope.of("redriven-1", "/rollcall/connector", java.time.Instant.now(), observed));
		Map<String, String> headers = new java.util.LinkedHashMap<>();
		for (Header header : record.headers()) {
			headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
		}
		DeadLetter letter = new DeadLetter(Topics.OBSERVATIONS, new KafkaPartitions().of(observed), 4711,
				"rollcall-reconciler", "con-redriven:u0", headers, record.value(), "it was unknown then",
				java.time.Instant.now());
		reconciler.bean(DeadLetters.class).save(letter).block(Duration.ofSeconds(10));
		String path = "/api/dead-letters/" + letter.id();
		assertThat(reconciler.rest().post(path + "/redrive", "").status()).isEqualTo(200);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(
					reconciler.rest().get("/api/organizations/org-redriven/accounts").body().get("items").size())
				.isEqualTo(1));
		assertThat(reconciler.rest().post(path + "/redrive", "").status()).isEqualTo(404);
	}

	private static JsonNode letter(String key) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> letters().stream().filter((letter) -> key.equals(letter.path("key").asString())).findFirst(),
					(found) -> found.isPresent())
			.orElseThrow();
	}

	private static List<JsonNode> letters() {
		return List.copyOf(reconciler.rest().get("/api/dead-letters").body().values());
	}

	private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", kafka.bootstrapServers()), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			producer.send(record).get();
		}
	}

}
