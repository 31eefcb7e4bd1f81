package io.rollcall.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
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

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void readsAWholeTenantInRecordsOfAPartitionWithEdgesThatRideWithTheirUsers() {
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitTruth();
		Progress.ReadingEnded ended = records().read(this.scene.connection, RunMode.FULL).getFirst();
		assertThat(records().started(ended).trigger()).isEqualTo(RunTrigger.ACTIVATION);
		assertThat(ended.topics()).containsExactly(Topics.SNAPSHOTS);
		assertThat(ended.read().users()).isGreaterThanOrEqualTo(1000);
		List<Records.Published> all = records().all(this.scene.connection);
		int started = indexOf(all, Progress.ReadingStarted.class);
		int changed = indexOf(all, Progress.ConnectionChanged.class);
		assertThat(changed).isNotNegative();
		assertThat(((Progress.ConnectionChanged) all.get(changed).event()).status()).isIn(ConnectionStatus.READY,
				ConnectionStatus.ACTIVE);
		assertThat(started).isNotNegative();
		assertThat(all.stream().filter((each) -> each.event() instanceof Observation).map(Records.Published::id))
			.doesNotHaveDuplicates();
		assertNumbersMatchMarkers(all, ended);
		List<CellsObserved> full = records().cells(this.scene.connection)
			.stream()
			.filter((record) -> record.run() != null)
			.toList();
		assertThat(full).allSatisfy((record) -> {
			assertThat(record.cells()).hasSizeLessThanOrEqualTo(CellsObserved.MOST_CELLS);
			assertThat(record.run().startedAt()).isEqualTo(records().started(ended).startedAt());
		});
		List<Cell> cells = full.stream().flatMap((record) -> record.cells().stream()).toList();
		assertThat(cells).filteredOn((cell) -> cell instanceof Cell.ObjectRead read && read.kind() == ObjectKind.USER)
			.allSatisfy((cell) -> assertThat(((Cell.ObjectRead) cell).edges()).isNotNull());
		assertThat(cells).filteredOn(Cell.ManagerRead.class::isInstance).isEmpty();
	}

	private static int indexOf(List<Records.Published> all, Class<?> type) {
		for (int i = 0; i < all.size(); i++) {
			if (type.isInstance(all.get(i).event())) {
				return i;
			}
		}
		return -1;
	}

	/** Each partition has its records from 1, and a marker that says how many. */
	private static void assertNumbersMatchMarkers(List<Records.Published> all, Progress.ReadingEnded ended) {
		Map<Integer, List<Integer>> numbers = new TreeMap<>();
		Map<Integer, RunMarker> markers = new TreeMap<>();
		for (Records.Published each : all) {
			if (each.event() instanceof CellsObserved cells && cells.run() != null
					&& cells.run().id().equals(ended.run())) {
				assertThat(each.topic()).isEqualTo(Topics.SNAPSHOTS);
				assertThat(each.partition()).isEqualTo(cells.partition());
				numbers.computeIfAbsent(each.partition(), (_) -> new ArrayList<>()).add(cells.run().number());
			}
			if (each.event() instanceof RunMarker marker && marker.id().equals(ended.run())) {
				assertThat(each.partition()).isEqualTo(marker.partition());
				assertThat(marker.phase()).isEqualTo(RunPhase.READ);
				assertThat(marker.abandoned()).isFalse();
				markers.put(each.partition(), marker);
			}
		}
		assertThat(markers).hasSize(Topics.PARTITIONS);
		markers.forEach((partition, marker) -> {
			List<Integer> there = numbers.getOrDefault(partition, List.of());
			assertThat(marker.records()).isEqualTo(there.size());
			for (int i = 0; i < there.size(); i++) {
				assertThat(there.get(i)).isEqualTo(i + 1);
			}
		});
	}

	@Test
	void followsLifeInTheTenantByHintsWithoutARun() {
		this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		simulator().happens(this.scene.tenant, "hire Ada Lovelace department=Research");
		awaitName("Ada Lovelace");
		String ada = simulator().happens(this.scene.tenant, "rename @last \"Augusta King\"").getFirst();
		awaitName("Augusta King");
		simulator().happens(this.scene.tenant, "set @last jobTitle Analyst\nclear @last jobTitle");
		await().atMost(LONG)
			.untilAsserted(() -> assertThat(records().cells(this.scene.connection)
				.stream()
				.flatMap((record) -> record.cells().stream())
				.filter((cell) -> cell instanceof Cell.ObjectRead && cell.object().value().equals(ada))).last()
				.satisfies((cell) -> {
					Map<String, Object> values = ((Cell.ObjectRead) cell).attributes().values();
					assertThat(values).containsKey("jobTitle");
					assertThat(values.get("jobTitle")).isNull();
				}));
		simulator().happens(this.scene.tenant, "delete @last");
		await().atMost(LONG)
			.until(() -> records().hasCell(this.scene.connection, (cell) -> cell instanceof Cell.ObjectGone gone
					&& gone.object().value().equals(ada) && gone.reason() == Removal.RESTORABLE));
		simulator().happens(this.scene.tenant,
				"restore " + ada + "\njoin " + ada + " @random-group\nmanager " + ada + " @random-user");
		this.scene.awaitTruth();
		assertThat(this.scene.events(Progress.ReadingStarted.class)).hasSize(1);
		assertThat(records().all(this.scene.connection)).filteredOn((each) -> each.topic().equals(Topics.OBSERVATIONS))
			.isNotEmpty()
			.allSatisfy((each) -> assertThat(((CellsObserved) each.event()).run()).isNull());
	}

	private void awaitName(String name) {
		await().atMost(LONG)
			.until(() -> records().hasCell(this.scene.connection, (cell) -> cell instanceof Cell.ObjectRead read
					&& name.equals(read.attributes().text("displayName"))));
	}

	@Test
	void readsANightlyRunWithItsOwnCountsAndMarkers() {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		this.scene.awaitTruth();
		connector.run(this.scene.connection, "DELTA");
		await().atMost(LONG).until(() -> records().read(this.scene.connection, RunMode.DELTA).size() == 1);
		Progress.ReadingEnded ended = records().read(this.scene.connection, RunMode.DELTA).getFirst();
		assertThat(ended.topics()).containsExactly(Topics.OBSERVATIONS);
		assertThat(ended.read().pages()).isGreaterThanOrEqualTo(3);
		assertThat(records().markers(this.scene.connection)).filteredOn((marker) -> marker.id().equals(ended.run()))
			.hasSize(Topics.PARTITIONS);
	}

	/** F22: who leaves, joins, comes and goes between two readings of one run. */
	@Test
	void keepsWhatChangesWhileAFullRunReads() {
		ConnectorInstance connector = this.scene.connectorWithConnection();
		this.scene.awaitFirstRun();
		this.scene.awaitSubscriptions();
		this.scene.awaitTruth();
		simulator().fault(this.scene.tenant,
				Map.of("kind", "slow", "path", "/users/delta", "on", "next-link", "delayMillis", 400, "always", true));
		connector.run(this.scene.connection, "FULL");
		await().atMost(LONG).until(() -> simulator().strikes(this.scene.tenant) > 0);
		for (int i = 0; i < 15; i++) {
			simulator().happens(this.scene.tenant,
					"hire Person " + i + "\njoin @last @random-group\nmanager @last @random-user\nlife\nlife");
		}
		this.scene.awaitFull(2);
		simulator().noFaults(this.scene.tenant);
		this.scene.awaitTruth();
		assertThat(this.scene.events(Progress.ReadingProgressed.class)).isNotEmpty();
	}

}
