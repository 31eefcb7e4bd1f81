package io.rollcall.connector;

import java.time.Instant;
import java.util.Map;

import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.support.kafka.LostRecords;
import io.rollcall.support.kafka.OnLoss;
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
		connector.run(this.scene.connection, "DELTA");
		await().atMost(LONG).until(() -> !records().read(this.scene.connection, RunMode.DELTA).isEmpty());
		assertThat(connector.bean(SyncStates.class).find(this.scene.connection).requested()).isNull();
		assertThat(readings(RunTrigger.RESYNC)).isEqualTo(1);
		this.scene.awaitTruth();
	}

	@Test
	void readsItAgainAfterTheFullRunThatWasUnderWayWhenTheLossWasNoticed() throws Exception {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		simulator().fault(this.scene.tenant,
				Map.of("kind", "internal-error", "path", "/groups/delta", "on", "first-page", "times", 5));
		connector.run(this.scene.connection, "FULL");
		await().atMost(LONG).until(() -> simulator().strikes(this.scene.tenant) > 0);
		ask(connector, Instant.now());
		await().atMost(LONG).until(() -> readings(RunTrigger.RESYNC) == 1);
		assertThat(readings(RunTrigger.MANUAL)).isEqualTo(1);
	}

	@Test
	void asksAllChainsWhenHintsWereLost() {
		ConnectorInstance connector = this.scene.connectorWithConnection(Simulator.SECRET,
				"--rollcall.sync.ask-again=10m", "--rollcall.public-url=");
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
		simulator().happens(this.scene.tenant, "hire Grace Hopper");
		connector.bean(OnLoss.class)
			.makeUp()
			.accept(new LostRecords("rollcall-connector", Topics.HINTS, 0, 1, 5, Instant.now()));
		connector.bean(Ownership.class).wake(connector.source(this.scene.connection));
		this.scene.awaitTruth();
	}

	private long readings(RunTrigger trigger) {
		return records().read(this.scene.connection, RunMode.FULL)
			.stream()
			.filter((ended) -> records().started(ended).trigger() == trigger)
			.count();
	}

	private void ask(ConnectorInstance connector, Instant lostAt) throws Exception {
		connector.publish(Topics.HINTS,
				new Hint.ResyncRequested(connector.source(this.scene.connection), this.scene.connection, lostAt));
	}

}
