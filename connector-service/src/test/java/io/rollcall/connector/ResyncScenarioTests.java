package io.rollcall.connector;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.rollcall.connector.flow.SyncStates;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.support.kafka.EventPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The reconciler lost what was read of a tenant, and asks for all of it again. */
class ResyncScenarioTests {

	private final Scene scene = new Scene(250);

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void readsTheWholeTenantAgainOnceForAllRequestsOfALoss() throws Exception {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		Instant lostAt = Instant.now();
		for (int partition = 0; partition < 12; partition++) {
			ask(connector, lostAt);
		}
		await().atMost(LONG).until(() -> readings(RunTrigger.RESYNC) == 1);
		ask(connector, lostAt);
		run(connector, "DELTA");
		await().atMost(LONG)
			.until(() -> records().runs(this.scene.connection, RunEvent.RunRead.class)
				.stream()
				.anyMatch((run) -> run.trigger() == RunTrigger.MANUAL));
		assertThat(connector.bean(SyncStates.class).peek(this.scene.connection).block(LONG).requested()).isNull();
		assertThat(records().runs(this.scene.connection, RunEvent.RunStarted.class))
			.filteredOn((run) -> run.trigger() == RunTrigger.RESYNC)
			.singleElement()
			.satisfies((run) -> assertThat(run.mode()).isEqualTo(RunMode.FULL));
		this.scene.awaitTruth();
	}

	@Test
	void readsItAgainAfterTheFullRunThatWasUnderWayWhenTheLossWasNoticed() throws Exception {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		simulator().fault(this.scene.tenant,
				Map.of("kind", "internal-error", "path", "/groups/delta", "on", "first-page", "times", 6));
		run(connector, "FULL");
		await().atMost(LONG).until(() -> simulator().strikes(this.scene.tenant) > 0);
		ask(connector, Instant.now());
		await().atMost(LONG).until(() -> readings(RunTrigger.RESYNC) == 1);
		assertThat(readings(RunTrigger.MANUAL)).isEqualTo(1);
	}

	private long readings(RunTrigger trigger) {
		return records().runs(this.scene.connection, RunEvent.RunRead.class)
			.stream()
			.filter((run) -> run.mode() == RunMode.FULL && run.trigger() == trigger)
			.count();
	}

	private void run(ConnectorInstance connector, String mode) {
		connector.web()
			.post()
			.uri("/api/connections/" + this.scene.connection + "/runs")
			.bodyValue(Map.of("mode", mode))
			.exchange()
			.expectStatus()
			.isAccepted();
	}

	private void ask(ConnectorInstance connector, Instant lostAt)
			throws InterruptedException, ExecutionException, TimeoutException {
		Hint hint = new Hint.ResyncRequested(this.scene.connection, "Records were deleted.", lostAt);
		connector.bean(EventPublisher.class)
			.publish(Topics.HINTS, Envelope.of("resync", "/rollcall/reconciler", lostAt, hint))
			.get(30, TimeUnit.SECONDS);
	}

}
