package io.rollcall.connector;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.rollcall.connector.flow.SyncStates;
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

	private final Scene scene = new Scene(100);

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void movesConnectionsWhenInstancesComeAndGoAndSkipsNothing() {
		// Graph goes on notifying the instance that subscribed, also when it is gone.
		ConnectorInstance first = this.scene.connector("--rollcall.sync.ask-always=1s");
		Map<ConnectionId, String> tenants = new LinkedHashMap<>();
		for (int i = 0; i < 8; i++) {
			ConnectionId id = new ConnectionId(this.scene.connection + "-" + i);
			tenants.put(id, simulator().tenant(100));
			first.web()
				.post()
				.uri("/api/connections")
				.bodyValue(Map.of("id", id.value(), "organization", "acme", "name", "Acme", "tenant", tenants.get(id),
						"clientId", Simulator.APP, "clientSecret", Simulator.SECRET))
				.exchange()
				.expectStatus()
				.isCreated();
			first.web().post().uri("/api/connections/" + id + "/activate").exchange().expectStatus().isOk();
		}
		await().atMost(LONG).until(() -> first.owned().equals(tenants.keySet()));
		ConnectorInstance second = this.scene.connector("--rollcall.sync.ask-always=1s");
		await().atMost(LONG).untilAsserted(() -> {
			assertThat(second.owned()).isNotEmpty();
			assertThat(first.owned()).isNotEmpty().doesNotContainAnyElementsOf(second.owned());
			Set<ConnectionId> both = new LinkedHashSet<>(first.owned());
			both.addAll(second.owned());
			assertThat(both).containsExactlyInAnyOrderElementsOf(tenants.keySet());
		});
		tenants.values().forEach((tenant) -> simulator().happens(tenant, "hire Ada Lovelace\nlife\nlife\nlife"));
		awaitTruth(tenants);
		first.close();
		await().atMost(LONG).until(() -> second.owned().equals(tenants.keySet()));
		tenants.values().forEach((tenant) -> simulator().happens(tenant, "hire Grace Hopper\nlife\nlife\nlife"));
		awaitTruth(tenants);
	}

	@Test
	void keepsAConnectionAgainWhoseOwnershipWasTakenByAnOwnerThatIsNoMore() {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		connector.bean(SyncStates.class)
			.claim(this.scene.connection, connector.source(this.scene.connection),
					Clock.tickMillis(ZoneOffset.UTC).instant());
		simulator().happens(this.scene.tenant, "hire Ada Lovelace");
		this.scene.awaitTruth();
	}

	private static void awaitTruth(Map<ConnectionId, String> tenants) {
		await().atMost(LONG)
			.untilAsserted(() -> tenants.forEach((id, tenant) -> assertThat(Facts.ofCells(records().cells(id)))
				.isEqualTo(simulator().truth(tenant))));
	}

}
