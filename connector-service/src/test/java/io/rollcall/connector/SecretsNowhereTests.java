package io.rollcall.connector;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Connections;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;

/** After a full story nothing secret is in logs, answers, records or documents. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsNowhereTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String WRONG = "wrong-but-still-secret";

	/** How each token of the simulator begins. */
	private static final String TOKEN = "eyJ0eXAiOiJKV1Qi";

	private final Scene scene = new Scene(3);

	private final StringBuilder answers = new StringBuilder();

	private ConnectorInstance connector;

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void areNowhereAfterAStory(CapturedOutput output) {
		this.connector = this.scene.shared();
		List<String> secrets = new ArrayList<>(
				List.of(Simulator.SECRET, Simulator.ROLLCALL_SECRET, WRONG, "BEGIN PRIVATE KEY", TOKEN));
		secrets.add(story());
		secrets.add(this.connector.clientState(this.scene.connection).replaceAll(".*\\.", ""));
		assertThat(this.answers).contains(this.scene.tenant);
		String published = published();
		assertThat(published).contains(this.scene.connection.value());
		String stored = stored();
		assertThat(stored).contains(this.scene.connection.value());
		for (String secret : secrets) {
			assertThat(output.getAll().contains(secret)).as("in the log: " + secret).isFalse();
			assertThat(this.answers.indexOf(secret)).as("in an answer: " + secret).isNegative();
			assertThat(published.contains(secret)).as("in a record: " + secret).isFalse();
			assertThat(stored.contains(secret)).as("in a document: " + secret).isFalse();
		}
	}

	/** Gives back a part of the key that was made. */
	private String story() {
		call("POST", "", body(WRONG), 400);
		call("POST", "", body(Simulator.SECRET), 201);
		String path = '/' + this.scene.connection.value();
		call("PUT", path, body(WRONG), 400);
		call("POST", path + "/test", body(WRONG), 200);
		call("POST", path + "/test", null, 200);
		call("POST", path + "/activate", Map.of(), 200);
		this.scene.awaitFirstRun();
		JsonNode made = call("POST", path + "/certificate", null, 201);
		simulator().app(this.scene.tenant, Map.of("certificates", List.of(made.path("pem").asString())));
		Map<String, Object> certified = body(null);
		certified.put("preparedCertificate", true);
		call("PUT", path, certified, 200);
		call("PUT", path + "/certificate",
				Map.of("pem", "-----BEGIN PRIVATE KEY-----\n" + WRONG + "\n-----END PRIVATE KEY-----"), 400);
		simulator().fault(this.scene.tenant, Map.of("kind", "SIGN_IN_ERROR", "code", "700027"));
		call("POST", path + "/test", null, 200);
		this.scene.awaitSubscriptions();
		call("GET", path, null, 200);
		call("GET", path + "/certificate", null, 200);
		call("GET", path + "/consents", null, 200);
		call("GET", "", null, 200);
		String key = Objects
			.requireNonNull(this.connector.bean(Connections.class).find(this.scene.connection).credential())
			.own()
			.value();
		return key.lines().skip(2).findFirst().orElseThrow();
	}

	private String published() {
		StringBuilder all = new StringBuilder();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", Scene.brokers(),
				"key.deserializer", ByteArrayDeserializer.class, "value.deserializer", ByteArrayDeserializer.class))) {
			List<TopicPartition> partitions = consumer.listTopics()
				.values()
				.stream()
				.flatMap(List::stream)
				.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
				.filter((partition) -> partition.topic().startsWith("rollcall."))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(Duration.ofMillis(200)).forEach((record) -> {
					append(all, record.key());
					append(all, record.value());
					record.headers().forEach((header) -> append(all, header.value()));
				});
			}
		}
		return all.toString();
	}

	private static void append(StringBuilder all, byte[] bytes) {
		if (bytes != null) {
			all.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
		}
	}

	private String stored() {
		MongoDatabase database = this.connector.bean(MongoDatabase.class);
		return String.join("\n",
				Objects.requireNonNull(Flux.from(database.listCollectionNames())
					.flatMap((name) -> database.getCollection(name).find())
					.map(Document::toJson)
					.collectList()
					.block(LONG)));
	}

	private JsonNode call(String method, String path, Map<String, Object> body, int status) {
		WebTestClient.RequestBodySpec request = this.connector.web()
			.method(HttpMethod.valueOf(method))
			.uri("/api/connections" + path);
		if (path.endsWith("/test")) {
			request.accept(MediaType.APPLICATION_JSON);
		}
		String answer = ((body != null) ? request.bodyValue(body) : request).exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		this.answers.append(answer).append('\n');
		return JSON.readTree((answer != null) ? answer : "{}");
	}

	private Map<String, Object> body(String secret) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("id", this.scene.connection.value(), "organization",
				"acme", "name", "Acme", "tenant", this.scene.tenant, "clientId", Simulator.APP));
		if (secret != null) {
			body.put("clientSecret", secret);
		}
		return body;
	}

}
