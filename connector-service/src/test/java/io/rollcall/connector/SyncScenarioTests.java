package io.rollcall.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A tenant, read through a real Kafka and MongoDB from a faithful Graph. */
class SyncScenarioTests {

	private static final Duration LONG = Duration.ofSeconds(40);

	private static PrivateKafka kafka;

	private static Simulator simulator;

	private static Records records;

	private final ConnectionId connection = new ConnectionId("c-" + UUID.randomUUID());

	private final String database = "connector-" + UUID.randomUUID().toString().substring(0, 8);

	private ConnectorInstance connector;

	private String tenant;

	@BeforeAll
	static void furnish() {
		kafka = PrivateKafka.start();
		simulator = Simulator.start();
		records = new Records(kafka.bootstrapServers());
	}

	@AfterAll
	static void clear() {
		records.close();
		simulator.close();
		kafka.close();
	}

	@BeforeEach
	void tenant() {
		this.tenant = simulator.tenant(1000);
	}

	@AfterEach
	void stop() {
		if (this.connector != null) {
			this.connector.close();
		}
		RealServices.freshMongoDatabase(this.database);
	}

	@Test
	void readsWholeTenantWhenConnectionIsConfigured() {
		start();
		awaitFirstRun();
		assertThat(Facts.ofReadings(records.readings(this.connection))).isEqualTo(simulator.truth(this.tenant));
		RunEvent.RunRead read = records.runs(this.connection, RunEvent.RunRead.class).getFirst();
		assertThat(read.mode()).isEqualTo(RunMode.FULL);
		assertThat(read.trigger()).isEqualTo(RunTrigger.ACTIVATION);
		assertThat(read.counts().users()).isGreaterThanOrEqualTo(1000);
		List<Records.Published> markers = records.markers(this.connection);
		List<Integer> named = markers.getFirst().event(Observation.RunMarker.class).partitions();
		assertThat(markers).extracting(Records.Published::partition).containsExactlyInAnyOrderElementsOf(named);
		assertThat(markers).allSatisfy((marker) -> assertThat(marker.event(Observation.RunMarker.class).partition())
			.isEqualTo(marker.partition()));
		assertThat(records.observations(this.connection)
			.stream()
			.filter((each) -> each.envelope().event() instanceof Observation.Reading)
			.map(Records.Published::partition)
			.distinct()).containsExactlyInAnyOrderElementsOf(named);
		assertThat(records.observations(this.connection).stream().map((each) -> each.envelope().id()))
			.doesNotHaveDuplicates();
	}

	@Test
	void followsLifeInTheTenantByHints() {
		start();
		awaitFirstRun();
		awaitSubscriptions();
		simulator.happens(this.tenant, "hire Ada Lovelace department=Research");
		await().atMost(LONG)
			.until(() -> records.hasReading(this.connection,
					(reading) -> reading instanceof Observation.ObjectObserved observed
							&& "Ada Lovelace".equals(observed.attributes().text("displayName"))));
		String ada = simulator.happens(this.tenant, "rename @last \"Augusta King\"").getFirst();
		await().atMost(LONG)
			.until(() -> records.hasReading(this.connection,
					(reading) -> reading instanceof Observation.ObjectObserved observed
							&& "Augusta King".equals(observed.attributes().text("displayName"))));
		simulator.happens(this.tenant, "set @last jobTitle Analyst\nclear @last jobTitle");
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(records.readings(this.connection)).filteredOn(
					(reading) -> reading.object().value().equals(ada) && reading instanceof Observation.ObjectObserved)
				.last()
				.satisfies((reading) -> {
					Map<String, Object> values = ((Observation.ObjectObserved) reading).attributes().values();
					assertThat(values).containsKey("jobTitle");
					assertThat(values.get("jobTitle")).isNull();
				}));
		simulator.happens(this.tenant, "delete @last");
		await().atMost(LONG)
			.until(() -> records.hasReading(this.connection,
					(reading) -> reading instanceof Observation.ObjectRemoved removed
							&& removed.object().value().equals(ada) && removed.reason() == Removal.RESTORABLE));
		simulator.happens(this.tenant, "restore " + ada + "\njoin " + ada + " @random-group\nmanager " + ada
				+ " @random-user");
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(Facts.ofReadings(records.readings(this.connection)))
				.isEqualTo(simulator.truth(this.tenant)));
		assertThat(records.runs(this.connection, RunEvent.RunRead.class)).filteredOn((run) -> run.trigger() == RunTrigger.HINT)
			.isNotEmpty()
			.allSatisfy((run) -> assertThat(run.counts()).isNotEqualTo(io.rollcall.model.run.ReadCounts.NONE));
	}

	private void start(String... more) {
		String[] configured = ConnectorInstance.connection(this.connection, this.tenant, Simulator.SECRET);
		this.connector = ConnectorInstance.start(kafka.bootstrapServers(), RealServices.mongoUri(), this.database,
				simulator, java.util.stream.Stream.concat(java.util.Arrays.stream(configured), java.util.Arrays.stream(more))
					.toArray(String[]::new));
	}

	private void awaitFirstRun() {
		await().atMost(LONG)
			.until(() -> !records.runs(this.connection, RunEvent.RunRead.class).isEmpty()
					&& !records.markers(this.connection).isEmpty());
	}

	private void awaitSubscriptions() {
		await().atMost(LONG).until(() -> simulator.subscriptions(this.tenant).size() == 2);
	}

}
