package io.rollcall.connector;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Several connectors share the connections between them. */
class OwnershipScenarioTests {

	private final Scene scene = new Scene(250);

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void movesConnectionsWhenInstancesComeAndGoAndSkipsNothing() {
		ConnectorInstance first = this.scene.connector();
		List<ConnectionId> connections = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			ConnectionId id = new ConnectionId(this.scene.connection + "-" + i);
			connections.add(id);
			first.web()
				.post()
				.uri("/api/connections")
				.bodyValue(Map.of("id", id.value(), "organization", "acme", "name", "Acme", "tenant",
						this.scene.tenant, "clientId", Simulator.APP, "clientSecret", Simulator.SECRET))
				.exchange()
				.expectStatus()
				.isCreated();
			first.web().post().uri("/api/connections/" + id + "/activate").exchange().expectStatus().isOk();
		}
		await().atMost(LONG).until(() -> first.owned().equals(Set.copyOf(connections)));
		ConnectorInstance second = this.scene.connector();
		await().atMost(LONG).untilAsserted(() -> {
			assertThat(second.owned()).isNotEmpty();
			assertThat(first.owned()).isNotEmpty().doesNotContainAnyElementsOf(second.owned());
			Set<ConnectionId> both = new LinkedHashSet<>(first.owned());
			both.addAll(second.owned());
			assertThat(both).containsExactlyInAnyOrderElementsOf(connections);
		});
		simulator().happens(this.scene.tenant, "hire Ada Lovelace\nlife\nlife\nlife");
		awaitTruth(connections);
		first.close();
		await().atMost(LONG).until(() -> second.owned().equals(Set.copyOf(connections)));
		simulator().happens(this.scene.tenant, "hire Grace Hopper\nlife\nlife\nlife");
		awaitTruth(connections);
	}

	private void awaitTruth(List<ConnectionId> connections) {
		await().atMost(LONG).untilAsserted(() -> {
			Facts truth = simulator().truth(this.scene.tenant);
			for (ConnectionId id : connections) {
				assertThat(Facts.ofReadings(records().readings(id))).isEqualTo(truth);
			}
		});
	}

}
