package io.rollcall.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

	private final Scene scene = new Scene(450);

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void pausesAndTellsWhenTheSecretIsWrongAndGoesOnWhenItIsRight() {
		ConnectorInstance connector = this.scene.connectorWithConnection("not-the-secret");
		await().atMost(LONG)
			.until(() -> !records().runs(this.scene.connection, RunEvent.ConnectionPaused.class).isEmpty());
		RunEvent.RunFailed failed = records().runs(this.scene.connection, RunEvent.RunFailed.class).getFirst();
		assertThat(failed.problem().code()).isEqualTo(Problem.Code.CREDENTIAL_REJECTED);
		assertThat(failed.problem().needsPerson()).isTrue();
		assertThat(failed.retryAt()).isNull();
		connector.web()
			.get()
			.uri("/api/connections/" + this.scene.connection)
			.exchange()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("PAUSED")
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
		connector.web()
			.post()
			.uri("/api/connections/" + this.scene.connection + "/activate")
			.exchange()
			.expectStatus()
			.isOk();
		this.scene.awaitFirstRun();
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
		assertThat(records().runs(this.scene.connection, RunEvent.RunFailed.class)).isEmpty();
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
		assertThat(records().runs(this.scene.connection, RunEvent.ConnectionPaused.class)).isEmpty();
	}

	@Test
	void tellsPeopleWhenAPageStaysUnreadableAndSkipsNothing() {
		simulator().fault(this.scene.tenant,
				Map.of("kind", "broken-json", "path", "/users/delta", "on", "next-link", "times", 4));
		this.scene.connectorWithConnection();
		await().atMost(LONG)
			.until(() -> records().runs(this.scene.connection, RunEvent.RunFailed.class)
				.stream()
				.anyMatch((failed) -> failed.problem().code() == Problem.Code.RESPONSE_UNREADABLE
						&& failed.retryAt() != null));
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
		List<RunEvent.RunStarted> started = records().runs(this.scene.connection, RunEvent.RunStarted.class);
		assertThat(started).extracting(RunEvent.RunStarted::trigger)
			.containsSubsequence(RunTrigger.ACTIVATION, RunTrigger.RESYNC);
		RunEvent.RunFailed failed = records().runs(this.scene.connection, RunEvent.RunFailed.class).getFirst();
		assertThat(failed.problem().code()).isEqualTo(Problem.Code.DELTA_LINK_EXPIRED);
		assertThat(records().runs(this.scene.connection, RunEvent.RunRead.class).getFirst().trigger())
			.isEqualTo(RunTrigger.RESYNC);
	}

	@ParameterizedTest
	@ValueSource(strings = { "token-too-old", "broken-json" })
	void givesUpAPersonWhoCannotBeReadAndGoesOnWithTheOthers(String kind) {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		String ada = simulator().happens(this.scene.tenant, "hire Ada Lovelace").getFirst();
		simulator().fault(this.scene.tenant, Map.of("kind", kind, "path", "/users/" + ada, "always", true));
		connector.web()
			.post()
			.uri("/api/connections/" + this.scene.connection + "/people/" + ada + "/sync")
			.exchange()
			.expectStatus()
			.isAccepted();
		await().atMost(LONG)
			.until(() -> records().runs(this.scene.connection, RunEvent.RunFailed.class)
				.stream()
				.anyMatch((failed) -> failed.trigger() == RunTrigger.MANUAL && failed.problem().needsPerson()
						&& failed.problem().message().contains(ada)));
		simulator().happens(this.scene.tenant, "hire Grace Hopper");
		this.scene.awaitTruth();
	}

	@Test
	void followsHintsWhileAFullRunFails() {
		ConnectorInstance connector = this.scene.connectorWithConnection(Simulator.SECRET,
				"--rollcall.sync.retry-first=10m", "--rollcall.sync.retry-longest=10m");
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		simulator().fault(this.scene.tenant,
				Map.of("kind", "internal-error", "path", "/groups/delta", "on", "first-page", "always", true));
		connector.web()
			.post()
			.uri("/api/connections/" + this.scene.connection + "/runs")
			.bodyValue(Map.of("mode", "FULL"))
			.exchange()
			.expectStatus()
			.isAccepted();
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
		await().atMost(LONG)
			.until(() -> records().runs(this.scene.connection, RunEvent.RunRead.class)
				.stream()
				.anyMatch((run) -> run.mode() == RunMode.FULL && run.trigger() == RunTrigger.RESYNC));
		this.scene.awaitTruth();
	}

}
