package io.rollcall.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent.FreshnessRestored;
import io.rollcall.support.kafka.EventPublisher;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A running {@link ProbeApplication}, and what a test does to it. */
final class Probe implements AutoCloseable {

	static {
		// The machine may be busy.
		Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
		Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
	}

	private static final OrganizationId ACME = new OrganizationId("acme");

	final int port;

	private final ConfigurableApplicationContext context;

	private Probe(int port, ConfigurableApplicationContext context) {
		this.port = port;
		this.context = context;
	}

	static Probe start(String brokers, String mongoUri, String... more) {
		return start((application) -> {
		}, freePort(), brokers, mongoUri, more);
	}

	static Probe start(Consumer<SpringApplicationBuilder> how, String brokers, String mongoUri, String... more) {
		return start(how, freePort(), brokers, mongoUri, more);
	}

	/** On a given port, so that it can be asked before it is started. */
	static Probe start(Consumer<SpringApplicationBuilder> how, int port, String brokers, String mongoUri,
			String... more) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(ProbeApplication.class);
		how.accept(application);
		// As arguments: they have the last word.
		List<String> settings = new ArrayList<>(List.of("--spring.config.name=probe-service", "--server.port=" + port,
				"--rollcall.kafka.brokers=" + brokers, "--rollcall.mongodb.uri=" + mongoUri,
				"--rollcall.mongodb.answer-within=2s"));
		for (String setting : more) {
			settings.add("--" + setting);
		}
		return new Probe(port, application.run(settings.toArray(String[]::new)));
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	ProbeApplication application() {
		return bean(ProbeApplication.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	boolean isRunning() {
		return this.context.isRunning();
	}

	/** The ids of what it has applied of a connection. */
	List<String> applied(String connection) {
		return application().applied.stream()
			.filter((record) -> connection.equals(record.key()))
			.map((record) -> record.header("ce_id"))
			.toList();
	}

	/** In one go, so that they come as one batch. */
	@SafeVarargs
	final void publish(ProducerRecord<byte[], byte[]>... records) {
		bean(EventPublisher.class).publishAll(List.of(records)).join();
	}

	/** A good record; its id is {@code connection:number}. */
	static ProducerRecord<byte[], byte[]> good(String connection, int number) {
		return EventPublisher.record(Topics.RUNS, null, Envelope.of(connection + ":" + number, "/test", Instant.EPOCH,
				new FreshnessRestored(ACME, new ConnectionId(connection), Instant.EPOCH)));
	}

	/** A record of a type that nobody knows. */
	static ProducerRecord<byte[], byte[]> invented(String connection) {
		return record(connection, "invented", "io.rollcall.run.Invented.v1",
				"{\"organization\":\"acme\",\"connection\":\"" + connection + "\"}");
	}

	static ProducerRecord<byte[], byte[]> record(String connection, String id, String type, String value) {
		return EventPublisher.record(
				Topics.RUNS, null, connection, Map.of("ce_specversion", bytes("1.0"), "ce_id",
						bytes(connection + ":" + id), "ce_source", bytes("/test"), "ce_type", bytes(type)),
				bytes(value));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	void becomesReady() {
		await().ignoreExceptions().untilAsserted(() -> readiness(this.port).isOk());
	}

	static StatusAssertions readiness(int port) {
		return web(port).get().uri("/actuator/health/readiness").exchange().expectStatus();
	}

	String health() {
		return get("/actuator/health");
	}

	String get(String path) {
		String body = web(this.port).get()
			.uri(path)
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(body).isNotNull();
		return body;
	}

	WebTestClient web() {
		return web(this.port);
	}

	private static WebTestClient web(int port) {
		return WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + port)
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
