package io.rollcall.connector;

import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A tenant, read through a real Kafka and MongoDB from a faithful Graph. */
class SyncScenarioTests {

	private final Scene scene = new Scene(1000);

	private final ConnectionId connection = this.scene.connection;

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void readsWholeTenantWhenConnectionIsConfigured() {
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		assertThat(Facts.ofReadings(records().readings(this.connection)))
			.isEqualTo(simulator().truth(this.scene.tenant));
		RunEvent.RunRead read = records().runs(this.connection, RunEvent.RunRead.class).getFirst();
		assertThat(read.mode()).isEqualTo(RunMode.FULL);
		assertThat(read.trigger()).isEqualTo(RunTrigger.ACTIVATION);
		assertThat(read.counts().users()).isGreaterThanOrEqualTo(1000);
		List<Records.Published> markers = records().markers(this.connection);
		List<Integer> named = markers.getFirst().event(Observation.RunMarker.class).partitions();
		assertThat(markers).extracting(Records.Published::partition).containsExactlyInAnyOrderElementsOf(named);
		assertThat(markers).allSatisfy((marker) -> assertThat(marker.event(Observation.RunMarker.class).partition())
			.isEqualTo(marker.partition()));
		assertThat(records().observations(this.connection)
			.stream()
			.filter((each) -> each.envelope().event() instanceof Observation.Reading)
			.map(Records.Published::partition)
			.distinct()).containsExactlyInAnyOrderElementsOf(named);
		assertThat(records().observations(this.connection).stream().map((each) -> each.envelope().id()))
			.doesNotHaveDuplicates();
	}

	@Test
	void followsLifeInTheTenantByHints() {
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		simulator().happens(this.scene.tenant, "hire Ada Lovelace department=Research");
		await().atMost(LONG)
			.until(() -> records().hasReading(this.connection,
					(reading) -> reading instanceof Observation.ObjectObserved observed
							&& "Ada Lovelace".equals(observed.attributes().text("displayName"))));
		String ada = simulator().happens(this.scene.tenant, "rename @last \"Augusta King\"").getFirst();
		await().atMost(LONG)
			.until(() -> records().hasReading(this.connection,
					(reading) -> reading instanceof Observation.ObjectObserved observed
							&& "Augusta King".equals(observed.attributes().text("displayName"))));
		simulator().happens(this.scene.tenant, "set @last jobTitle Analyst\nclear @last jobTitle");
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(records().readings(this.connection)).filteredOn(
					(reading) -> reading.object().value().equals(ada) && reading instanceof Observation.ObjectObserved)
				.last()
				.satisfies((reading) -> {
					Map<String, Object> values = ((Observation.ObjectObserved) reading).attributes().values();
					assertThat(values).containsKey("jobTitle");
					assertThat(values.get("jobTitle")).isNull();
				}));
		simulator().happens(this.scene.tenant, "delete @last");
		await().atMost(LONG)
			.until(() -> records().hasReading(this.connection,
					(reading) -> reading instanceof Observation.ObjectRemoved removed
							&& removed.object().value().equals(ada) && removed.reason() == Removal.RESTORABLE));
		simulator().happens(this.scene.tenant,
				"restore " + ada + "\njoin " + ada + " @random-group\nmanager " + ada + " @random-user");
		this.scene.awaitTruth();
		assertThat(records().runs(this.connection, RunEvent.RunRead.class))
			.filteredOn((run) -> run.trigger() == RunTrigger.HINT)
			.isNotEmpty()
			.allSatisfy((run) -> assertThat(run.counts()).isNotEqualTo(ReadCounts.NONE));
	}

}
