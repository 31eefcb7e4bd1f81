package io.rollcall.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a connection is to read, and what it is not. */
class FeatureTests {

	private final Scene scene = new Scene(20);

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void readsATenantWithoutTheUnitsThatMayNotBeReadAndWithThemWhenTheyAreSwitchedOn() {
		ConnectorInstance connector = this.scene.shared();
		simulator().app(this.scene.tenant, Map.of("permissions", Set.of("User.Read.All", "GroupMember.Read.All")));
		Map<String, Object> body = new LinkedHashMap<>(Map.of("id", this.scene.connection.value(), "organization",
				"acme", "name", "Acme", "tenant", this.scene.tenant, "clientId", Simulator.APP, "clientSecret",
				Simulator.SECRET, "features", List.of("GROUPS")));
		connector.web().post().uri("/api/connections").bodyValue(body).exchange().expectStatus().isCreated();
		this.scene.awaitFirstRun();
		await().atMost(LONG).until(() -> simulator().subscriptions(this.scene.tenant).size() == 1);
		assertThat(hasUnits()).isFalse();
		simulator().app(this.scene.tenant,
				Map.of("permissions", Set.of("User.Read.All", "Group.Read.All", "AdministrativeUnit.Read.All")));
		body.put("features", List.of("GROUPS", "GROUP_HINTS", "UNITS"));
		connector.web()
			.put()
			.uri("/api/connections/" + this.scene.connection)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isOk();
		this.scene.awaitTruth();
		assertThat(hasUnits()).isTrue();
		this.scene.awaitSubscriptions();
	}

	private boolean hasUnits() {
		return records().hasCell(this.scene.connection,
				(cell) -> cell instanceof Cell.ObjectRead read && read.kind() == ObjectKind.ADMINISTRATIVE_UNIT);
	}

}
