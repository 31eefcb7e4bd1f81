package io.rollcall.reconciler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent.RecordsLost;
import io.rollcall.model.state.State.AccountState;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.kafka.projection.ProjectionContainer;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reconciler that stood still for longer than the topics keep their records: what was
 * deleted is told and made up for, never passed over.
 */
class RetentionTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int USERS = 40;

	private PrivateKafka kafka;

	private Admin admin;

	private String database;

	private MongoPorts ports;

	@BeforeEach
	void start() {
		this.kafka = PrivateKafka.start();
		this.admin = Admin.create(Map.of("bootstrap.servers", this.kafka.bootstrapServers()));
		this.database = RealServices.freshMongoDatabase("retention-tests");
		this.ports = MongoPorts.at(RealServices.mongoUri(), this.database);
	}

	@AfterEach
	void stop() {
		this.ports.close();
		this.admin.close();
		this.kafka.close();
	}

	@Test
	void lostObservationsAreToldAndReadAgain() throws Exception {
		FullRun acme = everybody("acme", 1);
		FullRun other = everybody("acme-two", 1);
		try (RunningReconciler reconciler = reconciler(CrashPoints.NONE)) {
			try (Topic runs = new Topic(this.kafka.bootstrapServers(), Topics.RUNS)) {
				KillsTests.completed(runs, acme.publish(reconciler));
				KillsTests.completed(runs, other.publish(reconciler));
			}
		}
		try (RunningReconciler publisher = reconciler(CrashPoints.NONE,
				"--spring.cloud.stream.bindings.observations-in-0.consumer.auto-startup=false")) {
			everybody("acme", 2).publish(publisher);
		}
		delete(Topics.OBSERVATIONS);
		try (RunningReconciler reconciler = reconciler(CrashPoints.NONE);
				Topic runs = new Topic(this.kafka.bootstrapServers(), Topics.RUNS);
				Topic hints = new Topic(this.kafka.bootstrapServers(), Topics.HINTS)) {
			Set<ConnectionId> both = Set.of(acme.connection(), other.connection());
			Awaitility.await().atMost(LONG).untilAsserted(() -> {
				assertThat(lost(runs)).extracting(RecordsLost::connection).containsAll(both);
				assertThat(resyncs(hints)).extracting(Hint.ResyncRequested::connection).containsAll(both);
			});
			assertThat(lost(runs)).allSatisfy((event) -> {
				assertThat(event.organization().value()).isEqualTo("org-" + event.connection().value().substring(4));
				assertThat(event.problem().code()).isEqualTo(Problem.Code.RETENTION_EXCEEDED);
			});
			assertThat(runs.events()
				.stream()
				.filter((envelope) -> envelope.event() instanceof RecordsLost)
				.map(Envelope::id)
				.distinct()).as("people hear of it once").hasSize(2);
			// It goes on with what comes.
			FullRun again = everybody("acme", 3).user("new", "Newcomer");
			assertThat(KillsTests.completed(runs, again.publish(reconciler)).applied().created()).isEqualTo(1);
			Awaitility.await().atMost(LONG).until(this::isBehindNothing);
			int told = resyncs(hints).size();
			reconciler.close();
			try (RunningReconciler restarted = reconciler(CrashPoints.NONE)) {
				KillsTests.completed(runs, everybody("acme", 4).publish(restarted));
			}
			assertThat(resyncs(hints)).as("a loss that was told is behind it").hasSize(told);
		}
	}

	@Test
	void lostChangesAreMadeUpForByProjectingAllAgain() throws Exception {
		OrganizationId acme = new OrganizationId("org-acme");
		try (Topic runs = started();
				Topic accounts = new Topic(this.kafka.bootstrapServers(), Topics.ACCOUNTS);
				Topic teams = new Topic(this.kafka.bootstrapServers(), Topics.TEAMS)) {
			try (RunningReconciler reconciler = reconciler(CrashPoints.NONE)) {
				KillsTests.completed(runs, everybody("acme", 1).publish(reconciler));
				Awaitility.await()
					.atMost(LONG)
					.untilAsserted(() -> KillsTests.assertStatesEqualDocuments(this.ports, acme, accounts, teams));
				reconciler.bean(ProjectionContainer.class).stop();
				FullRun changed = new FullRun("acme", 2).group("g0", "Renamed group").group("g1", "Group 1");
				IntStream.range(0, 2 * USERS)
					.forEach((i) -> changed.user("u" + i, "Renamed " + i).member("u" + i, "g" + i % 2));
				KillsTests.completed(runs, changed.publish(reconciler));
			}
			delete(Topics.CHANGES);
			assertThat(names(accounts)).hasSize(USERS).noneMatch((name) -> name.startsWith("Renamed"));
			AtomicInteger kills = new AtomicInteger();
			try (RunningReconciler reconciler = reconciler((step) -> {
				if (step == CrashPoints.Step.PROJECTION && kills.incrementAndGet() <= 4) {
					throw new IllegalStateException("killed after " + step);
				}
			})) {
				Awaitility.await()
					.atMost(LONG)
					.untilAsserted(() -> KillsTests.assertStatesEqualDocuments(this.ports, acme, accounts, teams));
				assertThat(names(accounts)).hasSize(2 * USERS).allMatch((name) -> name.startsWith("Renamed"));
				assertThat(kills.get()).isGreaterThan(4);
				FullRun later = new FullRun("acme", 3).group("g0", "Group 0").group("g1", "Group 1");
				IntStream.range(0, 2 * USERS)
					.forEach((i) -> later.user("u" + i, "Later " + i).member("u" + i, "g" + i % 2));
				KillsTests.completed(runs, later.publish(reconciler));
				Awaitility.await()
					.atMost(LONG)
					.untilAsserted(() -> KillsTests.assertStatesEqualDocuments(this.ports, acme, accounts, teams));
				assertThat(names(accounts)).allMatch((name) -> name.startsWith("Later"));
			}
		}
	}

	/** Has the topics made. */
	private Topic started() {
		reconciler(CrashPoints.NONE).close();
		return new Topic(this.kafka.bootstrapServers(), Topics.RUNS);
	}

	private RunningReconciler reconciler(CrashPoints crashPoints, String... more) {
		RunningReconciler reconciler = RunningReconciler.start(this.kafka.bootstrapServers(), RealServices.mongoUri(),
				this.database, crashPoints, more);
		Awaitility.await()
			.atMost(LONG)
			.until(() -> reconciler.rest().get("/actuator/health/readiness").status() == 200);
		return reconciler;
	}

	private static FullRun everybody(String tenant, int number) {
		FullRun run = new FullRun(tenant, number).group("g0", "Group 0").group("g1", "Group 1");
		IntStream.range(0, USERS).forEach((i) -> run.user("u" + i, "User " + i).member("u" + i, "g" + i % 2));
		return run;
	}

	/** Everything, as retention does it. */
	private void delete(String topic) throws Exception {
		this.admin
			.deleteRecords(IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(topic, partition))
				.collect(Collectors.toMap((partition) -> partition, (partition) -> RecordsToDelete.beforeOffset(-1))))
			.all()
			.get();
	}

	private boolean isBehindNothing() throws Exception {
		Map<TopicPartition, OffsetAndMetadata> committed = this.admin.listConsumerGroupOffsets("rollcall-reconciler")
			.partitionsToOffsetAndMetadata()
			.get();
		return this.admin
			.listOffsets(IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(Topics.OBSERVATIONS, partition))
				.collect(Collectors.toMap((partition) -> partition, (partition) -> OffsetSpec.earliest())))
			.all()
			.get()
			.entrySet()
			.stream()
			.allMatch((start) -> start.getValue().offset() == 0 || committed.containsKey(start.getKey())
					&& committed.get(start.getKey()).offset() >= start.getValue().offset());
	}

	private static List<String> names(Topic accounts) {
		return accounts.latest()
			.values()
			.stream()
			.map((envelope) -> ((AccountState) envelope.event()).fields().get("displayName"))
			.toList();
	}

	private static List<RecordsLost> lost(Topic runs) {
		return runs.events()
			.stream()
			.filter((envelope) -> envelope.event() instanceof RecordsLost)
			.map((envelope) -> (RecordsLost) envelope.event())
			.toList();
	}

	private static List<Hint.ResyncRequested> resyncs(Topic hints) {
		return hints.events()
			.stream()
			.filter((envelope) -> envelope.event() instanceof Hint.ResyncRequested)
			.map((envelope) -> (Hint.ResyncRequested) envelope.event())
			.toList();
	}

}
