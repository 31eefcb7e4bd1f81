package io.rollcall.connector;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.connector.flow.Sources;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.support.kafka.EventPublisher;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.awaitility.Awaitility.await;

/** A connector, as it runs in production but for short waits. */
final class ConnectorInstance implements AutoCloseable {

	static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

	private final ConfigurableApplicationContext context;

	private final int port;

	private ConnectorInstance(ConfigurableApplicationContext context, int port) {
		this.context = context;
		this.port = port;
	}

	static ConnectorInstance start(String brokers, String mongoUri, String database, Simulator simulator,
			String... more) {
		int port = freePort();
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=" + port, "--rollcall.public-url=http://127.0.0.1:" + port,
						"--rollcall.kafka.brokers=" + brokers, "--rollcall.mongodb.uri=" + mongoUri,
						"--rollcall.mongodb.database=" + database, "--rollcall.graph.base-url=" + simulator.url(),
						"--rollcall.graph.authority=" + simulator.url(), "--rollcall.encryption-key=" + KEY,
						// Instances with another database are no instances of one
						// service.
						"--spring.cloud.stream.bindings.hints-in-0.group=rollcall-" + database,
						"--spring.cloud.stream.bindings.rules-in-0.group=rollcall-" + database,
						"--rollcall.sync.ask-again=300ms,2s,30s", "--rollcall.sync.retry-first=100ms",
						"--rollcall.sync.person-first=500ms", "--rollcall.sync.object-again=2s"));
		// Given twice, an argument would be a list of both.
		Arrays.stream(more)
			.map((argument) -> argument.substring(0, argument.indexOf('=') + 1))
			.forEach((name) -> arguments.removeIf((argument) -> argument.startsWith(name)));
		arguments.addAll(Arrays.asList(more));
		return new ConnectorInstance(ConnectorApplication.application().run(arguments.toArray(String[]::new)), port);
	}

	/** A connection from configuration. */
	static String[] connection(ConnectionId id, String tenant, String secret) {
		String prefix = "--rollcall.connections[0].";
		return new String[] { prefix + "id=" + id, prefix + "organization=acme", prefix + "tenant=" + tenant,
				prefix + "client-id=" + Simulator.APP, prefix + "client-secret=" + secret };
	}

	WebTestClient web() {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(java.time.Duration.ofSeconds(20))
			.build();
	}

	/** Asks for a run. */
	void run(ConnectionId connection, String mode) {
		web().post()
			.uri("/api/connections/" + connection + "/runs")
			.bodyValue(Map.of("mode", mode))
			.exchange()
			.expectStatus()
			.isAccepted();
	}

	/** What the reconciler publishes when rules are. */
	void rules(ConnectionId connection, int version, List<String> userAttributes) throws Exception {
		publish(Topics.RULES, new RulesPublished(new OrganizationId("acme"), connection, version, userAttributes,
				List.of("displayName"), Instant.now()));
	}

	/** What the reconciler publishes when it wants an object to be read. */
	void want(ConnectionId connection, ObjectId object, ObjectKind kind, Hint.ObjectWanted.Why why) throws Exception {
		publish(Topics.HINTS,
				new Hint.ObjectWanted(source(connection), connection, object, kind, why, null, Instant.now()));
	}

	void publish(String topic, Event event) throws Exception {
		bean(EventPublisher.class)
			.publish(topic, Envelope.of(UUID.randomUUID().toString(), "/rollcall/reconciler", Instant.now(), event))
			.get(30, TimeUnit.SECONDS);
	}

	SourceId source(ConnectionId connection) {
		return bean(Connections.class).find(connection).source();
	}

	/** What Graph repeats with every notification, once it was asked for any. */
	String clientState(ConnectionId connection) {
		Sources sources = bean(Sources.class);
		await().atMost(Scene.LONG).until(() -> sources.find(source(connection)) != null);
		return sources.find(source(connection)).clientState().value();
	}

	int port() {
		return this.port;
	}

	Set<ConnectionId> owned() {
		return this.context.getBean(Ownership.class).owned();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
