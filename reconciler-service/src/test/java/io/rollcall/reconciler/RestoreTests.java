package io.rollcall.reconciler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.rollcall.model.RunId;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database is restored from a backup, or lost: readers know more than it does. What
 * they were told is believed, and a FULL run makes up for the rest.
 */
class RestoreTests {

	private static final int USERS = 40;

	private static final Duration LONG = Duration.ofSeconds(60);

	private final PrivateKafka kafka = PrivateKafka.start();

	private final MongoClient client = MongoClients.create(RealServices.mongoUri());

	private final Contoso tenant = new Contoso(this.kafka.bootstrapServers(), "restored");

	private MongoPorts ports;

	private MongoDatabase database;

	@BeforeEach
	void prepare() {
		String name = RealServices.freshMongoDatabase("restore-tests");
		this.ports = MongoPorts.at(RealServices.mongoUri(), name);
		this.database = this.client.getDatabase(name);
		this.tenant.group("g0", "Group 0").group("g1", "Group 1").group("g2", "Group 2");
		for (int i = 0; i < USERS; i++) {
			this.tenant.person("u" + i, "User " + i, "g" + i % 2);
		}
		this.tenant.person("u9", "User 9", "g2");
	}

	@AfterEach
	void close() {
		this.tenant.close();
		this.ports.close();
		this.client.close();
		this.kafka.close();
	}

	@Test
	void readersHealWhenTheDatabaseIsRestoredFromABackup() {
		try (RunningReconciler reconciler = reconciler(); Readers readers = readers()) {
			this.tenant.active();
			readers.ended(this.tenant.fullRun(RunTrigger.ACTIVATION));
			readers.awaitTruth();
			assertThat(resyncs()).as("only the first time that it was told of").hasSize(1);
		}
		Map<String, List<Document>> backup = backup();
		try (RunningReconciler reconciler = reconciler(); Readers readers = readers()) {
			changesAfterTheBackup();
			readers.awaitTruth();
		}
		restore(backup);
		// Nobody reads of these: what readers know of them is in no database.
		this.tenant.people.remove("ghost");
		this.tenant.groups.remove("ghosts");
		this.tenant.person("u1", "User 1", "g1");
		try (RunningReconciler reconciler = reconciler(); Readers readers = readers()) {
			Awaitility.await().atMost(LONG).untilAsserted(() -> {
				assertThat(resyncs()).hasSize(2);
				assertThat(versions()).as("as high as what was told").isEqualTo(readers.versions());
			});
			assertThat(readers.told(RunEvent.RecordsLost.class, (lost) -> true).values()).singleElement()
				.satisfies((lost) -> assertThat(lost.problem().code()).isEqualTo(Problem.Code.DATABASE_RESTORED));
			// Old facts of people decide nothing, whoever asks.
			this.tenant.liveMembership("u2", "g0");
			this.tenant.liveMembership("u1", "g1");
			RunId run = this.tenant.fullRun(RunTrigger.RESYNC);
			assertThat(readers.ended(run).outcome()).isEqualTo(RunEvent.Outcome.COMPLETED);
			readers.awaitTruth();
			assertThat(readers.changesOf("u2")).as("who had left was not brought back").doesNotContain("REACTIVATED");
		}
		try (RunningReconciler reconciler = reconciler(); Readers readers = readers()) {
			this.tenant.person("u3", "Renamed again");
			this.tenant.livePerson("u3");
			readers.awaitTruth();
			assertThat(resyncs()).as("a restore that was told is behind it").hasSize(2);
		}
	}

	@Test
	void readersHealWhenTheDatabaseIsLost() {
		try (RunningReconciler reconciler = reconciler(); Readers readers = readers()) {
			this.tenant.active();
			readers.ended(this.tenant.fullRun(RunTrigger.ACTIVATION));
			changesAfterTheBackup();
			readers.awaitTruth();
		}
		this.database.drop();
		this.tenant.people.remove("ghost");
		this.tenant.groups.remove("ghosts");
		try (RunningReconciler reconciler = reconciler(); Readers readers = readers()) {
			this.tenant.active();
			Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(resyncs()).hasSize(2));
			readers.ended(this.tenant.fullRun(RunTrigger.RESYNC));
			readers.awaitTruth();
		}
	}

	private void changesAfterTheBackup() {
		this.tenant.person("u1", "Renamed 1", "g1");
		this.tenant.livePerson("u1");
		this.tenant.people.remove("u2");
		this.tenant.livePerson("u2");
		this.tenant.person("u3", "User 3");
		this.tenant.liveMembership("u3", "g1");
		swapAddresses("u6", "u7");
		this.tenant.group("g1", "Renamed group");
		this.tenant.liveGroup("g1");
		this.tenant.groups.remove("g2");
		this.tenant.liveGroup("g2");
		for (String group : List.of("g3", "ghosts")) {
			this.tenant.group(group, "Group " + group);
			this.tenant.liveGroup(group);
		}
		for (String object : List.of("new", "ghost")) {
			this.tenant.person(object, "User " + object, "g3", "ghosts");
			this.tenant.livePerson(object);
			this.tenant.liveMembership(object, "g3");
			this.tenant.liveMembership(object, "ghosts");
		}
	}

	private void swapAddresses(String one, String other) {
		Contoso.Person first = this.tenant.people.get(one);
		Contoso.Person second = this.tenant.people.get(other);
		this.tenant.people.put(one, new Contoso.Person(first.name(), second.mail(), first.groups()));
		this.tenant.people.put(other, new Contoso.Person(second.name(), first.mail(), second.groups()));
		this.tenant.livePerson(one);
		this.tenant.livePerson(other);
	}

	private RunningReconciler reconciler() {
		RunningReconciler reconciler = RunningReconciler.start(this.kafka.bootstrapServers(), RealServices.mongoUri(),
				this.database.getName());
		Awaitility.await().atMost(LONG).until(reconciler::isReady);
		return reconciler;
	}

	private Readers readers() {
		return new Readers(this.kafka.bootstrapServers(), this.ports, this.tenant);
	}

	private Map<String, Long> versions() {
		Map<String, Long> versions = new LinkedHashMap<>();
		this.ports.accounts(this.tenant.organization)
			.stream()
			.map(StoredAccount::account)
			.forEach((account) -> versions.put(account.organization() + ":" + account.id(), account.version()));
		this.ports.teams(this.tenant.organization)
			.forEach((stored) -> versions.put(stored.team().organization() + ":" + stored.team().id(),
					stored.team().version()));
		return versions;
	}

	private List<Hint.ResyncRequested> resyncs() {
		try (Topic hints = new Topic(this.kafka.bootstrapServers(), Topics.HINTS)) {
			return CoordinatingTests.events(hints, Hint.ResyncRequested.class, (hint) -> true);
		}
	}

	private Map<String, List<Document>> backup() {
		Map<String, List<Document>> backup = new LinkedHashMap<>();
		this.database.listCollectionNames()
			.forEach((name) -> backup.put(name, this.database.getCollection(name).find().into(new ArrayList<>())));
		return backup;
	}

	private void restore(Map<String, List<Document>> backup) {
		this.database.listCollectionNames().forEach((name) -> {
			this.database.getCollection(name).deleteMany(new Document());
			List<Document> documents = backup.getOrDefault(name, List.of());
			if (!documents.isEmpty()) {
				this.database.getCollection(name).insertMany(documents);
			}
		});
	}

}
