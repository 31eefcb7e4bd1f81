package io.rollcall.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.ObjectsUnseen;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunEvent.RunEnded;
import io.rollcall.model.run.RunMode;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The coordinator on a real Kafka: what is told comes in, what follows goes out. */
class CoordinatingTests {

	private static final String DATABASE = "coordinating-tests";

	private static PrivateKafka kafka;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		RealServices.freshMongoDatabase(DATABASE);
	}

	@AfterAll
	static void stop() {
		kafka.close();
	}

	@Test
	void aFullRunIsSweptInRecordsOfEachPartitionWithMarkersBehindThem() {
		facts("con-swept", 40);
		try (RunningReconciler reconciler = reconciler();
				Topic snapshots = new Topic(kafka.bootstrapServers(), Topics.SNAPSHOTS);
				Topic rules = new Topic(kafka.bootstrapServers(), Topics.RULES)) {
			Coordinated tenant = new Coordinated(reconciler, "swept");
			tenant.status(ConnectionStatus.READY);
			RunId run = tenant.begins("full", RunMode.FULL);
			tenant.applied(run, 0, Topics.PARTITIONS);
			tenant.ends(run);
			List<RunMarker> markers = await(snapshots, RunMarker.class,
					(marker) -> marker.id().equals(run) && marker.phase() == RunPhase.SWEEP, Topics.PARTITIONS);
			List<ObjectsUnseen> unseen = events(snapshots, ObjectsUnseen.class,
					(record) -> record.run().id().equals(run));
			assertThat(unseen.stream().flatMap((record) -> record.objects().stream())).hasSize(40);
			unseen.forEach((record) -> assertThat(record.objects()).allSatisfy(
					(object) -> assertThat(EventPublisher.partitionOf(Observation.keyOf(tenant.connection, object)))
						.isEqualTo(record.partition())));
			markers.forEach((marker) -> assertThat(
					unseen.stream().filter((record) -> record.partition() == marker.partition()).count())
				.isEqualTo(marker.records()));
			tenant.reached(run, RunMode.FULL, RunPhase.SWEEP, 1);
			try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS)) {
				RunEnded ended = await(runs, RunEnded.class, (event) -> event.run().equals(run), 1).getFirst();
				assertThat(ended.applied().count(Tally.Kind.ACCOUNT_CREATED)).isEqualTo(60);
				assertThat(ended.read().users()).isEqualTo(60);
			}
			assertThat(events(rules, RulesPublished.class, (event) -> event.connection().equals(tenant.connection)))
				.singleElement()
				.satisfies((event) -> assertThat(event.userAttributes()).contains("displayName"));
		}
	}

	@Test
	void whoComesNextGoesOnAfterAStop() {
		RunId run;
		try (RunningReconciler first = reconciler()) {
			Coordinated tenant = new Coordinated(first, "stopped");
			tenant.status(ConnectionStatus.READY);
			run = tenant.begins("full", RunMode.FULL);
			tenant.applied(run, 0, 7);
			awaitRun(first, tenant, run);
		}
		try (RunningReconciler next = reconciler(); Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS)) {
			Coordinated tenant = new Coordinated(next, "stopped");
			tenant.applied(run, 7, Topics.PARTITIONS);
			tenant.ends(run);
			RunEnded ended = await(runs, RunEnded.class, (event) -> event.run().equals(run), 1).getFirst();
			assertThat(ended.applied().count(Tally.Kind.ACCOUNT_CREATED)).isEqualTo(60);
			assertThat(ended.about()).isFalse();
		}
	}

	@Test
	void twoInstancesShareTheConnections() {
		try (RunningReconciler one = reconciler(); Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS)) {
			List<RunId> ids = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				Coordinated tenant = new Coordinated(one, "shared" + i);
				tenant.status(ConnectionStatus.READY);
				RunId run = tenant.begins("full", RunMode.FULL);
				tenant.applied(run, 0, 5);
				ids.add(run);
			}
			try (RunningReconciler two = reconciler()) {
				for (int i = 0; i < 8; i++) {
					Coordinated tenant = new Coordinated(two, "shared" + i);
					tenant.applied(ids.get(i), 5, Topics.PARTITIONS);
					tenant.ends(ids.get(i));
				}
				List<RunEnded> ended = await(runs, RunEnded.class, (event) -> ids.contains(event.run()), 8);
				assertThat(ended).allSatisfy((event) -> {
					assertThat(event.applied().count(Tally.Kind.ACCOUNT_CREATED)).isEqualTo(60);
					assertThat(event.about()).isFalse();
				});
			}
		}
	}

	/** F33: lost progress would leave runs that never end. */
	@Test
	void openRunsAreAbandonedWhenProgressIsDeletedUnread() {
		RunId run;
		Coordinated tenant;
		try (RunningReconciler first = reconciler()) {
			tenant = new Coordinated(first, "lost");
			tenant.status(ConnectionStatus.READY);
			run = tenant.begins("full", RunMode.FULL);
			awaitRun(first, tenant, run);
		}
		// The end of the run is told while nobody listens, and deleted.
		try (EventsOnly events = new EventsOnly(kafka.bootstrapServers())) {
			events.publish(Topics.PROGRESS, new Progress.ReadingEnded(tenant.organization, tenant.connection, run,
					ReadCounts.NONE, List.of(), List.of(), null, Instant.now()));
		}
		deleteAll(EventPublisher.partitionOf(tenant.connection.value()));
		try (RunningReconciler next = reconciler();
				Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS);
				Topic hints = new Topic(kafka.bootstrapServers(), Topics.HINTS)) {
			RunEnded ended = await(runs, RunEnded.class, (event) -> event.run().equals(run), 1).getFirst();
			assertThat(ended.outcome()).isEqualTo(RunEvent.Outcome.ABANDONED);
			assertThat(ended.problem().code()).isEqualTo(Problem.Code.RECORDS_LOST);
			await(hints, Hint.ResyncRequested.class, (hint) -> hint.connection().equals(tenant.connection), 1);
			await(runs, RunEvent.RecordsLost.class, (event) -> event.connection().equals(tenant.connection), 1);
			assertThat(next.rest().get("/api/connections/con-lost/runs/" + run).body().get("phase").asString())
				.isEqualTo("ABANDONED");
		}
	}

	private static RunningReconciler reconciler() {
		return RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(), DATABASE);
	}

	private static void awaitRun(RunningReconciler reconciler, Coordinated tenant, RunId run) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> reconciler.rest()
				.get("/api/connections/%s/runs/%s".formatted(tenant.connection, run))
				.status() == 200);
	}

	private static void facts(String connection, int users) {
		try (MongoClient client = MongoClients.create(RealServices.mongoUri())) {
			List<Document> facts = new ArrayList<>();
			for (int i = 0; i < users; i++) {
				facts.add(new Document("_id", connection + ":u" + i)
					.append("organization", connection.replace("con-", "org-"))
					.append("connection", connection)
					.append("revision", 1L)
					.append("kind", "USER")
					.append("whole", new Document("stamp", new Document("s", 5L).append("i", 0))));
			}
			client.getDatabase(DATABASE).getCollection("facts").insertMany(facts);
		}
	}

	private static void deleteAll(int partition) {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
			admin
				.deleteRecords(Map.of(new TopicPartition(Topics.PROGRESS, partition), RecordsToDelete.beforeOffset(-1)))
				.all()
				.get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static <E> List<E> await(Topic topic, Class<E> type, Predicate<E> which, int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(40))
			.untilAsserted(() -> assertThat(events(topic, type, which)).hasSizeGreaterThanOrEqualTo(count));
		return events(topic, type, which);
	}

	static <E> List<E> events(Topic topic, Class<E> type, Predicate<E> which) {
		return topic.events()
			.stream()
			.map(Envelope::event)
			.filter(type::isInstance)
			.map(type::cast)
			.filter(which)
			.toList();
	}

}
