package io.rollcall.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.connector.flow.Connections;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens when Graph, or the credential, does not do what it should. */
class FailureScenarioTests {

	private final Scene scene = new Scene(250);

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void tellsOnceWhenTheSecretIsWrongAndGoesOnWhenItIsRight() {
		ConnectorInstance connector = this.scene.sharedWithConnection("not-the-secret");
		await().atMost(LONG).until(() -> !this.scene.events(RunEvent.ConnectionFailing.class).isEmpty());
		RunEvent.ConnectionFailing failing = this.scene.events(RunEvent.ConnectionFailing.class).getFirst();
		assertThat(failing.problem().code()).isEqualTo(Problem.Code.CREDENTIAL_REJECTED);
		assertThat(failing.problem().needsPerson()).isTrue();
		connector.web()
			.get()
			.uri("/api/connections/" + this.scene.connection)
			.exchange()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("ACTIVE")
			.jsonPath("$.problem.code")
			.isEqualTo("CREDENTIAL_REJECTED")
			.jsonPath("$.clientSecret")
			.doesNotExist();
		connector.web()
			.put()
			.uri("/api/connections/" + this.scene.connection)
			.bodyValue(Map.of("organization", "acme", "name", "Acme", "tenant", this.scene.tenant, "clientId",
					Simulator.APP, "clientSecret", Simulator.SECRET))
			.exchange()
			.expectStatus()
			.isOk();
		this.scene.awaitFirstRun();
		await().atMost(LONG).until(() -> !this.scene.events(RunEvent.ConnectionRecovered.class).isEmpty());
		assertThat(this.scene.events(RunEvent.ConnectionFailing.class)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "0", "1.128", "1, 0.5", "date:1", "" })
	void waitsAsLongAsGraphSaysWhenThrottled(String retryAfter) {
		Map<String, Object> fault = new LinkedHashMap<>(
				Map.of("kind", "throttled", "path", "/users/delta", "times", 2));
		if (!retryAfter.isEmpty()) {
			fault.put("retryAfter", retryAfter);
		}
		simulator().fault(this.scene.tenant, fault);
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
		assertThat(simulator().strikes(this.scene.tenant)).isEqualTo(2);
		assertThat(this.scene.events(RunEvent.ConnectionFailing.class)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "unavailable", "bad-gateway", "internal-error", "reset", "truncated", "broken-json",
			"unauthorized", "denied" })
	void getsOverWhatPasses(String kind) {
		simulator().fault(this.scene.tenant,
				Map.of("kind", kind, "path", "/users/delta", "on", "next-link", "times", 2));
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
		assertThat(simulator().strikes(this.scene.tenant)).isEqualTo(2);
		assertThat(this.scene.events(RunEvent.ConnectionFailing.class)).isEmpty();
		assertThat(records().abandoned(this.scene.connection)).isEmpty();
	}

	@Test
	void isNotPausedByThreeDenialsAndSaysSoOnce() {
		simulator().fault(this.scene.tenant,
				Map.of("kind", "denied", "path", "/users/delta", "on", "first-page", "times", 4));
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
		assertThat(this.scene.events(RunEvent.ConnectionFailing.class)).singleElement()
			.satisfies((failing) -> assertThat(failing.problem().code()).isEqualTo(Problem.Code.PERMISSION_MISSING));
		assertThat(this.scene.events(RunEvent.ConnectionRecovered.class)).hasSize(1);
		assertThat(connector.bean(Connections.class).find(this.scene.connection).status())
			.isEqualTo(ConnectionStatus.ACTIVE);
	}

	@Test
	void tellsPeopleWhenAPageStaysUnreadableAndSkipsNothing() {
		simulator().fault(this.scene.tenant,
				Map.of("kind", "broken-json", "path", "/users/delta", "on", "next-link", "times", 4));
		this.scene.connectorWithConnection();
		await().atMost(LONG)
			.until(() -> this.scene.events(RunEvent.ConnectionFailing.class)
				.stream()
				.anyMatch((failing) -> failing.problem().code() == Problem.Code.RESPONSE_UNREADABLE));
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gone", "gone-without-body", "token-too-old" })
	void beginsAgainWhenTheTokenExpiresInTheMiddleOfTheFirstRun(String kind) {
		simulator().fault(this.scene.tenant,
				Map.of("kind", kind, "path", "/users/delta", "on", "next-link", "times", 1));
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
		Progress.ReadingEnded abandoned = records().abandoned(this.scene.connection).getFirst();
		assertThat(abandoned.abandoned().code()).isEqualTo(Problem.Code.LINK_EXPIRED);
		assertThat(records().markers(this.scene.connection)).filteredOn((marker) -> marker.id().equals(abandoned.run()))
			.hasSize(Topics.PARTITIONS)
			.allMatch(RunMarker::abandoned);
	}

	@ParameterizedTest
	@ValueSource(strings = { "EXPIRED_PAGE_TOKEN", "BADLY_FORMED_TOKEN", "UNKNOWN_LINK" })
	void beginsAgainWhenALinkIsDead(String kind) {
		simulator().fault(this.scene.tenant,
				Map.of("kind", kind, "path", "/users/delta", "on", "next-link", "times", 1));
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
		assertThat(records().abandoned(this.scene.connection)).singleElement()
			.satisfies((ended) -> assertThat(ended.abandoned().code()).isEqualTo(Problem.Code.LINK_EXPIRED));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SAME_LINK", "ENDLESS" })
	void beginsAgainWhenPagesRepeatWithoutEnd(String kind) {
		simulator().fault(this.scene.tenant,
				Map.of("kind", kind, "path", "/users/delta", "on", "next-link", "always", true));
		this.scene.connectorWithConnection();
		await().atMost(LONG).until(() -> !records().abandoned(this.scene.connection).isEmpty());
		assertThat(records().abandoned(this.scene.connection).getFirst().abandoned().code())
			.isEqualTo(Problem.Code.LINK_EXPIRED);
		simulator().noFaults(this.scene.tenant);
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROPERTY_UNKNOWN", "PROPERTY_NOT_TRACKED" })
	void endsARunAtOnceForAnAttributeThatGraphRefusesAndReadsTheRest(String kind) throws Exception {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		simulator().fault(this.scene.tenant,
				Map.of("kind", kind, "path", "/users/delta", "select", "hireDate", "always", true));
		connector.rules(this.scene.connection, 2, List.of("hireDate", "city"));
		await().atMost(LONG).until(() -> !records().abandoned(this.scene.connection).isEmpty());
		assertThat(records().abandoned(this.scene.connection).getFirst().abandoned()).satisfies((problem) -> {
			assertThat(problem.code()).isEqualTo(Problem.Code.ATTRIBUTE_REFUSED);
			assertThat(problem.parameters()).containsEntry("attribute", "hireDate");
			assertThat(problem.needsPerson()).isTrue();
		});
		this.scene.awaitFull(2);
		assertThat(records().abandoned(this.scene.connection)).hasSize(1);
		assertThat(records().cells(this.scene.connection))
			.anySatisfy((record) -> assertThat(record.selection()).contains("city").doesNotContain("hireDate"));
		simulator().happens(this.scene.tenant, "hire Grace Hopper");
		this.scene.awaitTruth();
	}

	/** That it came thin is noticed where it is applied. */
	@ParameterizedTest
	@ValueSource(strings = { "ONLY_ID", "NAMELESS" })
	void publishesWhatCameThinAndReadsItByItsIdWhenItIsWanted(String kind) throws Exception {
		simulator().fault(this.scene.tenant,
				Map.of("kind", kind, "path", "/users/delta", "on", "next-link", "times", 1));
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		assertThat(simulator().strikes(this.scene.tenant)).isEqualTo(1);
		await().atMost(LONG).until(() -> thin().size() == 1);
		connector.want(this.scene.connection, thin().getFirst(), ObjectKind.USER, Why.THIN);
		this.scene.awaitTruth();
	}

	private List<ObjectId> thin() {
		return records().cells(this.scene.connection)
			.stream()
			.flatMap((record) -> record.cells().stream())
			.filter((cell) -> cell instanceof Cell.ObjectRead read && read.kind() == ObjectKind.USER
					&& read.attributes().text("userPrincipalName") == null)
			.map(Cell::object)
			.toList();
	}

	/** After five tries that a person asked for, it is left to a person. */
	@Test
	void goesOnWithTheOthersWhenAnObjectCannotBeReadByItsId() {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		String ada = simulator().happens(this.scene.tenant, "hire Ada Lovelace").getFirst();
		simulator().fault(this.scene.tenant, Map.of("kind", "broken-json", "path", "/users/" + ada, "always", true));
		connector.web()
			.post()
			.uri("/api/connections/" + this.scene.connection + "/people/" + ada + "/sync")
			.exchange()
			.expectStatus()
			.isAccepted();
		await().atMost(LONG).until(() -> simulator().strikes(this.scene.tenant) > 1);
		simulator().happens(this.scene.tenant, "hire Grace Hopper");
		this.scene.awaitTruth();
		await().atMost(LONG).until(() -> !this.scene.events(RunEvent.DeadLetterWaiting.class).isEmpty());
		simulator().noFaults(this.scene.tenant);
		connector.web()
			.post()
			.uri("/api/dead-letters/{id}/redrive",
					this.scene.events(RunEvent.DeadLetterWaiting.class).getFirst().letter())
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
		await().atMost(LONG)
			.until(() -> records().hasCell(this.scene.connection, (cell) -> cell instanceof Cell.ObjectRead read
					&& read.object().value().equals(ada) && read.edges() != null));
	}

	@Test
	void followsHintsWhileAFullRunFails() {
		ConnectorInstance connector = this.scene.connectorWithConnection(Simulator.SECRET,
				"--rollcall.sync.retry-first=5m");
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		simulator().fault(this.scene.tenant,
				Map.of("kind", "internal-error", "path", "/groups/delta", "on", "first-page", "always", true));
		connector.run(this.scene.connection, "FULL");
		await().atMost(LONG).until(() -> simulator().strikes(this.scene.tenant) > 0);
		simulator().happens(this.scene.tenant, "hire Grace Hopper");
		this.scene.awaitTruth();
	}

	@Test
	void readsTheWholeTenantAgainWhenTheDeltaLinkHasExpired() {
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		simulator().fault(this.scene.tenant,
				Map.of("kind", "token-too-old", "path", "/users/delta", "on", "delta-link", "times", 1));
		simulator().happens(this.scene.tenant, "hire Grace Hopper");
		this.scene.awaitFull(2);
		assertThat(records().read(this.scene.connection, RunMode.FULL))
			.anyMatch((ended) -> records().started(ended).trigger() == RunTrigger.RESYNC);
		this.scene.awaitTruth();
	}

	@Test
	void listsAGroupThatCameBackByItsId() throws Exception {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		this.scene.awaitTruth();
		String group = Facts.ofCells(records().cells(this.scene.connection))
			.edges()
			.stream()
			.map((edge) -> edge.substring(0, edge.indexOf('<')))
			.filter((id) -> records().hasCell(this.scene.connection,
					(cell) -> cell.kind() == ObjectKind.GROUP && cell.object().value().equals(id)))
			.findFirst()
			.orElseThrow();
		connector.want(this.scene.connection, new ObjectId(group), ObjectKind.GROUP, Why.CAME_BACK);
		await().atMost(LONG)
			.until(() -> records().hasCell(this.scene.connection,
					(cell) -> cell instanceof Cell.MembersListed listed && listed.object().value().equals(group)));
		this.scene.awaitTruth();
		assertThat(records().cells(this.scene.connection))
			.filteredOn((record) -> record.cells()
				.stream()
				.anyMatch((cell) -> cell instanceof Cell.EdgeRead edge && edge.container().value().equals(group)))
			.isNotEmpty();
	}

}
