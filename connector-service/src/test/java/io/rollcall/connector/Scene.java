package io.rollcall.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.ConnectionLifecycle.Settings;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.RunMode;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A broker, a Graph and what is published, for all scenarios of this JVM; a database, a
 * tenant and connectors for one.
 */
final class Scene implements AutoCloseable {

	static final Duration LONG = Duration.ofSeconds(60);

	private static final class Shared {

		static final PrivateKafka KAFKA = PrivateKafka.start();

		static final Simulator SIMULATOR = Simulator.start();

		static {
			Runtime.getRuntime().addShutdownHook(new Thread(KAFKA::close));
		}

	}

	/** Started when the first scene wants it. */
	private static final class SharedConnector {

		static final ConnectorInstance CONNECTOR = ConnectorInstance.start(Shared.KAFKA.bootstrapServers(),
				RealServices.mongoUri(), "connector-" + UUID.randomUUID().toString().substring(0, 8), Shared.SIMULATOR,
				"--rollcall.graph.app.client-id=" + Simulator.ROLLCALL_APP,
				"--rollcall.graph.app.client-secret=" + Simulator.ROLLCALL_SECRET, "--rollcall.sync.full-runs=8",
				"--rollcall.sync.subscription-check=1s");

		static {
			Runtime.getRuntime().addShutdownHook(new Thread(CONNECTOR::close));
		}

	}

	/** Begun when the first connector has made the topics. */
	private static final class Read {

		static final Records RECORDS = new Records(Shared.KAFKA.bootstrapServers());

	}

	final ConnectionId connection = new ConnectionId("c-" + UUID.randomUUID());

	final String database = "connector-" + UUID.randomUUID().toString().substring(0, 8);

	final List<ConnectorInstance> connectors = new ArrayList<>();

	final String tenant;

	private final String brokers;

	private boolean usesShared;

	Scene(int users) {
		this(users, Shared.KAFKA.bootstrapServers());
	}

	/** A scene with a broker of its own, whose records are not looked at. */
	Scene(int users, String brokers) {
		this.tenant = simulator().tenant(users);
		this.brokers = brokers;
	}

	static Simulator simulator() {
		return Shared.SIMULATOR;
	}

	static Records records() {
		return Read.RECORDS;
	}

	static String brokers() {
		return Shared.KAFKA.bootstrapServers();
	}

	/** A connector with no connection configured. */
	ConnectorInstance connector(String... more) {
		ConnectorInstance connector = ConnectorInstance.start(this.brokers, RealServices.mongoUri(), this.database,
				simulator(), more);
		this.connectors.add(connector);
		if (this.brokers.equals(brokers())) {
			records();
		}
		return connector;
	}

	/** A connector that has this scene's connection configured. */
	ConnectorInstance connectorWithConnection(String secret, String... more) {
		List<String> arguments = new ArrayList<>(
				Arrays.asList(ConnectorInstance.connection(this.connection, this.tenant, secret)));
		arguments.addAll(Arrays.asList(more));
		return connector(arguments.toArray(String[]::new));
	}

	/** The connector that scenes share, with this scene's connection. */
	ConnectorInstance connectorWithConnection() {
		if (!this.brokers.equals(brokers())) {
			return connectorWithConnection(Simulator.SECRET);
		}
		return sharedWithConnection(Simulator.SECRET);
	}

	/** The same, with a secret that may be wrong. */
	ConnectorInstance sharedWithConnection(String secret) {
		ConnectorInstance connector = shared();
		connector.bean(ConnectionLifecycle.class)
			.ensure(this.connection, new Settings("acme", "Acme", this.tenant, Simulator.APP,
					Credential.secret(new Secret(secret)), null, null));
		return connector;
	}

	/** The connector that scenes share. */
	ConnectorInstance shared() {
		this.usesShared = true;
		ConnectorInstance connector = SharedConnector.CONNECTOR;
		records();
		return connector;
	}

	void awaitFirstRun() {
		awaitFull(1);
	}

	/** Until so many FULL runs have read all. */
	void awaitFull(int count) {
		await().atMost(LONG)
			.untilAsserted(
					() -> assertThat(records().read(this.connection, RunMode.FULL)).hasSizeGreaterThanOrEqualTo(count));
	}

	void awaitSubscriptions() {
		await().atMost(LONG).until(() -> simulator().subscriptions(this.tenant).size() == 2);
	}

	/** Until what was published says what is true. */
	void awaitTruth() {
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(Facts.ofCells(records().cells(this.connection)))
				.isEqualTo(simulator().truth(this.tenant)));
	}

	<E extends Event> List<E> events(Class<E> type) {
		return records().events(this.connection, type);
	}

	@Override
	public void close() {
		if (this.usesShared) {
			Connections connections = SharedConnector.CONNECTOR.bean(Connections.class);
			if (connections.find(this.connection) != null) {
				simulator().noFaults(this.tenant);
				SharedConnector.CONNECTOR.bean(ConnectionLifecycle.class).deactivate(this.connection, "scene");
			}
			return;
		}
		this.connectors.forEach(ConnectorInstance::close);
		RealServices.freshMongoDatabase(this.database);
	}

}
