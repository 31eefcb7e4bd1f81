package io.rollcall.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.rules.Feature;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
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

	@Test
	void goesOnWithoutWhatMayNotBeReadAndNeverWas() {
		simulator().app(this.scene.tenant, Map.of("permissions", Set.of("User.Read.All")));
		ConnectorInstance connector = this.scene.sharedWithConnection(Simulator.SECRET);
		this.scene.awaitFirstRun();
		assertThat(features(connector)).containsExactly(Feature.PEOPLE);
		assertThat(this.scene.events(RunEvent.ConnectionFailing.class)).isNotEmpty()
			.allSatisfy((failing) -> assertThat(failing.problem().code()).isEqualTo(Problem.Code.PERMISSION_MISSING));
		await().atMost(LONG).until(() -> !this.scene.events(RunEvent.ConnectionRecovered.class).isEmpty());
		await().atMost(LONG).until(() -> simulator().subscriptions(this.scene.tenant).size() == 1);
	}

	@Test
	void leavesNothingOutThatWasReadBefore() {
		ConnectorInstance connector = this.scene.sharedWithConnection(Simulator.SECRET);
		this.scene.awaitFirstRun();
		simulator().app(this.scene.tenant, Map.of("permissions", Set.of("User.Read.All", "Group.Read.All")));
		connector.run(this.scene.connection, "FULL");
		await().atMost(LONG)
			.until(() -> this.scene.events(RunEvent.ConnectionFailing.class)
				.stream()
				.anyMatch((failing) -> failing.problem().code() == Problem.Code.PERMISSION_MISSING));
		assertThat(features(connector)).contains(Feature.UNITS);
		simulator().app(this.scene.tenant,
				Map.of("permissions", Set.of("User.Read.All", "Group.Read.All", "AdministrativeUnit.Read.All")));
		this.scene.awaitFull(2);
	}

	private List<Feature> features(ConnectorInstance connector) {
		Connection connection = connector.bean(Connections.class).find(this.scene.connection);
		return Stream.of(Feature.values()).filter(connection::has).toList();
	}

	private boolean hasUnits() {
		return records().hasCell(this.scene.connection,
				(cell) -> cell instanceof Cell.ObjectRead read && read.kind() == ObjectKind.ADMINISTRATIVE_UNIT);
	}

}
