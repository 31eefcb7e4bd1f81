package io.rollcall.support;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.rollcall.embedded.EmbeddedKafka;
import io.rollcall.embedded.EmbeddedMongo;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunEvent.FreshnessRestored;
import io.rollcall.support.kafka.EventPublisher;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service on a real broker and a real database: what happens to good records, bad ones,
 * and bad times.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServiceSupportTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	@TempDir
	Path folder;

	private EmbeddedKafka kafka;

	private EmbeddedMongo mongo;

	private ConfigurableApplicationContext service;

	private ProbeApplication probe;

	private int port;

	@BeforeEach
	void start() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			this.port = socket.getLocalPort();
		}
		this.kafka = EmbeddedKafka.startIn(this.folder.resolve("kafka"));
		this.mongo = EmbeddedMongo.startIn(this.folder.resolve("mongo"));
		startService();
	}

	@AfterEach
	void stop() {
		this.service.close();
		this.mongo.close();
		this.kafka.close();
	}

	@Test
	void deliversWhatWasPublishedWithKeyHeadersAndOrder() throws Exception {
		for (int i = 0; i < 50; i++) {
			publish("c1", i);
		}
		await().until(() -> this.probe.applied.size() == 50);
		assertThat(this.probe.applied).extracting((record) -> known(record).id())
			.containsExactlyElementsOf(java.util.stream.IntStream.range(0, 50).mapToObj((i) -> "c1:" + i).toList());
		assertThat(this.probe.applied).allSatisfy((record) -> {
			assertThat(record.key()).isEqualTo("c1");
			assertThat(record.topic()).isEqualTo(Topics.RUNS);
		});
	}

	@Test
	void setsOneBadRecordAsideAndGoesOnBehindIt() throws Exception {
		publish("c1", 1);
		send("c1", "{\"organization\":", Map.of("ce_specversion", "1.0", "ce_id", "bad", "ce_source", "/test",
				"ce_type", "io.rollcall.run.FreshnessRestored.v1"));
		send("c1", "{}", Map.of("ce_specversion", "1.0", "ce_id", "new", "ce_source", "/test", "ce_type",
				"io.rollcall.run.Invented.v1"));
		publish("c1", 2);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.probe.applied).extracting((record) -> known(record).id())
				.contains("c1:1", "c1:2"));
		List<DeadLetter> letters = this.service.getBean(DeadLetters.class).newest(10).collectList().block();
		assertThat(letters).hasSize(2);
		assertThat(letters).extracting(DeadLetter::reason)
			.anyMatch((reason) -> reason.contains("cannot be read"))
			.anyMatch((reason) -> reason.contains("io.rollcall.run.Invented.v1"));
		assertThat(letters).extracting((letter) -> letter.headers().get("ce_id"))
			.containsExactlyInAnyOrder("bad", "new");
		assertThat(deadLetterTopic(2)).extracting(ConsumerRecord::value)
			.containsExactlyInAnyOrder("{\"organization\":", "{}");
	}

	@Test
	void triesAgainForEverWhatMayPassAndNeverDeadLettersIt() throws Exception {
		this.probe.failuresToCome.set(7);
		publish("c1", 1);
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.probe.applied.isEmpty());
		assertThat(this.probe.failuresToCome).hasValue(0);
		assertThat(this.service.getBean(DeadLetters.class).newest(10).collectList().block()).isEmpty();
	}

	@Test
	void aBadRecordInABatchThatFailedBeforeIsSetAsideAlone() throws Exception {
		becomesReady();
		this.probe.failuresToCome.set(2);
		sendTogether(List.of(record("c1", 1), invented("c1"), record("c1", 2)));
		await().atMost(Duration.ofSeconds(30)).until(() -> this.probe.failuresToCome.get() == 0);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.probe.applied).extracting((record) -> known(record).id())
				.contains("c1:1", "c1:2"));
		assertThat(this.service.getBean(DeadLetters.class).newest(10).collectList().block())
			.extracting((letter) -> letter.headers().get("ce_id"))
			.containsExactly("new");
	}

	@Test
	void saysWhichPartitionIsStuckAndStaysReady() throws Exception {
		becomesReady();
		this.probe.failuresToCome.set(Integer.MAX_VALUE);
		publish("c1", 1);
		await().atMost(Duration.ofSeconds(30)).until(() -> this.probe.failuresToCome.get() < Integer.MAX_VALUE - 1);
		assertThat(health()).doesNotContain("DEGRADED");
		this.probe.later = Duration.ofMinutes(2);
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(health()).contains("\"status\":\"DEGRADED\"",
					"\"group\":\"rollcall-probe\"", "\"topic\":\"" + Topics.RUNS + "\"", "\"stuckSince\":",
					"\"reason\":\"java.lang.IllegalStateException: the database is away\""));
		readiness().isOk();
		this.probe.failuresToCome.set(0);
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(health()).doesNotContain("DEGRADED"));
		assertThat(this.probe.applied).hasSize(1);
	}

	@Test
	void saysOnceALineWhatFailedAndNeverItsRecords(CapturedOutput output) throws Exception {
		this.probe.failuresToCome.set(3);
		publish("c1", 1);
		await().atMost(Duration.ofSeconds(30)).until(() -> !this.probe.applied.isEmpty());
		assertThat(output).containsOnlyOnce("is tried again until it succeeds: java.lang.IllegalStateException")
			.contains("failed, attempt 2: java.lang.IllegalStateException: the database is away")
			.doesNotContain("failedMessage", "MessageHandlingException", "o.s.i.handler.LoggingHandler");
	}

	@Test
	void peopleDecideAboutDeadLettersInEveryService() {
		sendTogether(List.of(invented("c1")));
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(get("/api/dead-letters")).contains("new"));
		String id = this.service.getBean(DeadLetters.class).newest(1).blockLast().id();
		post("/api/dead-letters/" + id + "/discard").isOk();
		post("/api/dead-letters/" + id + "/discard").isNotFound();
		assertThat(get("/api/dead-letters")).isEqualTo("[]");
	}

	@Test
	void saysThatKafkaIsAwayAndRecoversByItself() throws Exception {
		publish("c1", 1);
		becomesReady();
		this.kafka.stop();
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> readiness().isEqualTo(503));
		this.kafka.start();
		becomesReady();
		publish("c1", 2);
		await().atMost(Duration.ofSeconds(30)).until(() -> this.probe.applied.size() == 2);
	}

	@Test
	void saysThatMongoIsAwayAndRecoversByItself() {
		becomesReady();
		this.mongo.stop();
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> readiness().isEqualTo(503));
		this.mongo.start();
		becomesReady();
	}

	@Test
	void startsWhileKafkaIsAwayAndBeginsWhenItComes() throws Exception {
		this.service.close();
		this.kafka.stop();
		CompletableFuture<Void> start = CompletableFuture.runAsync(this::startService);
		await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> readiness().isEqualTo(503));
		this.kafka.start();
		start.get(60, TimeUnit.SECONDS);
		becomesReady();
		publish("c1", 1);
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.probe.applied.isEmpty());
	}

	private void becomesReady() {
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> readiness().isOk());
	}

	private void startService() {
		this.service = new SpringApplicationBuilder(ProbeApplication.class)
			.properties("spring.config.name=probe-service", "server.port=" + this.port,
					"rollcall.kafka.brokers=" + this.kafka.bootstrapServers(),
					"rollcall.mongodb.uri=" + this.mongo.uri())
			.run();
		this.probe = this.service.getBean(ProbeApplication.class);
	}

	private StatusAssertions readiness() {
		return web().get().uri("/actuator/health/readiness").exchange().expectStatus();
	}

	private WebTestClient web() {
		return WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	private String health() {
		return get("/actuator/health");
	}

	private String get(String path) {
		return web().get().uri(path).exchange().expectBody(String.class).returnResult().getResponseBody();
	}

	private StatusAssertions post(String path) {
		return web().post().uri(path).exchange().expectStatus();
	}

	private static ProducerRecord<byte[], byte[]> record(String connection, int number) {
		RunEvent event = new FreshnessRestored(ACME, new ConnectionId(connection), Instant.EPOCH);
		return EventPublisher.record(Topics.RUNS, null,
				Envelope.of(connection + ":" + number, "/test", Instant.EPOCH, event));
	}

	private static ProducerRecord<byte[], byte[]> invented(String connection) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.RUNS, bytes(connection), bytes("{}"));
		Map.of("ce_specversion", "1.0", "ce_id", "new", "ce_source", "/test", "ce_type", "io.rollcall.run.Invented.v1")
			.forEach((name, value) -> record.headers().add(name, bytes(value)));
		return record;
	}

	/** In one go, so that they come as one batch. */
	@SuppressWarnings("unchecked")
	private void sendTogether(List<ProducerRecord<byte[], byte[]>> records) {
		Producer<byte[], byte[]> producer = this.service.getBean(ProducerFactory.class).createProducer();
		records.forEach(producer::send);
		producer.flush();
	}

	private void publish(String connection, int number) throws Exception {
		RunEvent event = new FreshnessRestored(ACME, new ConnectionId(connection), Instant.EPOCH);
		this.service.getBean(EventPublisher.class)
			.publish(Topics.RUNS, Envelope.of(connection + ":" + number, "/test", Instant.EPOCH, event))
			.get(30, TimeUnit.SECONDS);
	}

	@SuppressWarnings("unchecked")
	private void send(String key, String value, Map<String, String> headers) throws Exception {
		Producer<byte[], byte[]> producer = this.service.getBean(ProducerFactory.class).createProducer();
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.RUNS, bytes(key), bytes(value));
		headers.forEach((name, header) -> record.headers().add(name, bytes(header)));
		producer.send(record).get(30, TimeUnit.SECONDS);
	}

	private List<ConsumerRecord<String, String>> deadLetterTopic(int count) {
		Properties config = new Properties();
		config.put("bootstrap.servers", this.kafka.bootstrapServers());
		config.put("group.id", "reader");
		config.put("auto.offset.reset", "earliest");
		List<ConsumerRecord<String, String>> records = new java.util.ArrayList<>();
		try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
			consumer.subscribe(List.of(Topics.deadLetters(Topics.RUNS, "rollcall-probe")));
			await().atMost(Duration.ofSeconds(20)).until(() -> {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
				return records.size() >= count;
			});
		}
		return records;
	}

	private static Envelope<?> known(io.rollcall.support.kafka.Received record) {
		return ((io.rollcall.model.event.EventFormat.Reading.Known) record.reading()).envelope();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
