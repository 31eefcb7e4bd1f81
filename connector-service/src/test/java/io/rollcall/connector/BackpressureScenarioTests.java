package io.rollcall.connector;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.test.PrivateKafka;
import org.junit.jupiter.api.Test;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A reconciler that does not keep up: Graph is the buffer. */
class BackpressureScenarioTests {

	private static final int BOUND = 1500;

	/** A slice is published whole, and is half of what may always wait. */
	private static final int ONE_SLICE = BOUND / 2;

	@Test
	void stopsBulkRunsBeforeADeadReconcilerWhileHintsGoOn() {
		try (PrivateKafka kafka = PrivateKafka.start(); Scene scene = new Scene(3000, kafka.bootstrapServers())) {
			ConnectorInstance connector = scene.connectorWithConnection(Simulator.SECRET,
					"--rollcall.sync.bulk-ahead-records=" + BOUND, "--rollcall.sync.quiet-ahead-records=" + BOUND,
					"--rollcall.sync.retry-first=100ms");
			Records records = new Records(kafka.bootstrapServers(), false);
			// Nothing was ever committed: the first run of all stops near the bound.
			stops(records, 0);
			records.reconciles(true);
			awaitFull(records, scene.connection, 1);
			ConnectionId other = new ConnectionId(scene.connection + "-other");
			String otherTenant = simulator().tenant(50);
			connect(connector, other, otherTenant);
			awaitFull(records, other, 1);
			await().atMost(LONG)
				.until(() -> simulator().subscriptions(scene.tenant).size() == 2
						&& simulator().subscriptions(otherTenant).size() == 2);
			records.reconciles(false);
			int before = records.observations();
			connector.web()
				.post()
				.uri("/api/connections/" + scene.connection + "/runs")
				.bodyValue(Map.of("mode", "FULL"))
				.exchange()
				.expectStatus()
				.isAccepted();
			stops(records, before);
			simulator().happens(scene.tenant, "hire Ada Lovelace");
			simulator().happens(otherTenant, "hire Grace Hopper");
			await().atMost(LONG).until(() -> records.hasReading(scene.connection, named("Ada Lovelace")));
			await().atMost(LONG).until(() -> records.hasReading(other, named("Grace Hopper")));
			assertThat(fulls(records, scene.connection)).isEqualTo(1);
			records.reconciles(true);
			awaitFull(records, scene.connection, 2);
			records.close();
		}
	}

	private static void stops(Records records, int before) {
		await().atMost(LONG).until(() -> records.observations() - before > BOUND);
		int[] seen = { -1 };
		await().atMost(LONG).during(Duration.ofSeconds(3)).until(() -> {
			int now = records.observations();
			boolean same = now == seen[0];
			seen[0] = now;
			return same;
		});
		assertThat(records.observations() - before).isLessThanOrEqualTo(BOUND + ONE_SLICE);
	}

	private static void awaitFull(Records records, ConnectionId connection, int count) {
		await().atMost(LONG).until(() -> fulls(records, connection) == count);
	}

	private static long fulls(Records records, ConnectionId connection) {
		return records.runs(connection, RunEvent.RunRead.class)
			.stream()
			.filter((run) -> run.mode() == RunMode.FULL)
			.count();
	}

	private static Predicate<Observation.Reading> named(String name) {
		return (reading) -> reading instanceof Observation.ObjectObserved observed
				&& name.equals(observed.attributes().text("displayName"));
	}

	private static void connect(ConnectorInstance connector, ConnectionId id, String tenant) {
		connector.web()
			.post()
			.uri("/api/connections")
			.bodyValue(Map.of("id", id.value(), "organization", "acme", "name", "Acme", "tenant", tenant, "clientId",
					Simulator.APP, "clientSecret", Simulator.SECRET))
			.exchange()
			.expectStatus()
			.isCreated();
		connector.web().post().uri("/api/connections/" + id + "/activate").exchange().expectStatus().isOk();
	}

}
