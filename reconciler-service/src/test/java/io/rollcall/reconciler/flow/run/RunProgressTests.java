package io.rollcall.reconciler.flow.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.HeldSetJudged;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.model.run.RunEvent.HeldSetClosed;
import io.rollcall.model.run.RunEvent.RunCompleted;
import io.rollcall.model.run.RunEvent.SetHeld;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static io.rollcall.reconciler.flow.run.RunWorld.ACME;
import static io.rollcall.reconciler.flow.run.RunWorld.BEFORE;
import static io.rollcall.reconciler.flow.run.RunWorld.C1;
import static io.rollcall.reconciler.flow.run.RunWorld.START;
import static org.assertj.core.api.Assertions.assertThat;

/** The end of runs, delivered in seeded orders with kills, over a real MongoDB. */
class RunProgressTests {

	private RunWorld world;

	@BeforeEach
	void create() {
		this.world = new RunWorld(4, 3);
	}

	@AfterEach
	void close() {
		this.world.close();
	}

	@Test
	void completesARunOnceWhenEveryPartitionHasItsMarker() {
		this.world.markers("r1", RunMode.DELTA, List.of(2, 5, 11));
		this.world.deliverAll();
		assertThat(this.world.events(RunCompleted.class)).singleElement().satisfies((done) -> {
			assertThat(done.run()).isEqualTo(new RunId("r1"));
			assertThat(done.read().users()).isEqualTo(7);
		});
		assertThat(this.world.run("r1").work().phase()).isEqualTo(RunPhase.COMPLETED);
	}

	@Test
	void waitsForTheLastPartition() {
		this.world.markers("r1", RunMode.DELTA, List.of(2, 5));
		this.world.block(this.world.ports.runs().mark(List.of(oneMarkerOfTwo("r2"))));
		this.world.deliverAll();
		assertThat(this.world.events(RunCompleted.class)).extracting(RunCompleted::run)
			.containsExactly(new RunId("r1"));
	}

	@Test
	void forgetsWhatIsOfNoMoreUse() {
		this.world.account("u1", RunWorld.leaver(1));
		this.world.markers("r1", RunMode.DELTA, List.of(2));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(1);
		this.world.block(this.world.ports.runs().mark(List.of(oneMarkerOfTwo("abandoned"))));
		Date inAMonth = Date.from(this.world.now.plus(Duration.ofDays(30)));
		for (String collection : List.of("runs", "stagedPages")) {
			assertThat(this.world.all(collection)).isNotEmpty()
				.allSatisfy((document) -> assertThat(document.getDate("expireAt")).isEqualTo(inAMonth));
			assertThat(this.world.indexes(collection)).anySatisfy((index) -> {
				assertThat(index.get("key")).isEqualTo(new Document("expireAt", 1));
				assertThat(((Number) index.get("expireAfterSeconds")).longValue()).isZero();
			});
		}
	}

	@Test
	void sweepsWhatAFullRunDidNotSee() {
		for (int i = 0; i < 10; i++) {
			this.world.fact("seen-" + i, START);
			this.world.account("seen-" + i, null);
		}
		for (int i = 0; i < 7; i++) {
			this.world.fact("gone-" + i, BEFORE);
			this.world.account("gone-" + i, null);
		}
		this.world.markers("r1", RunMode.FULL, List.of(0, 3));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(7);
		assertThat(this.world.events(RunCompleted.class)).hasSize(1);
	}

	@Test
	void tellsTheOwnerOfAnEdgeThatWasNotSeen() {
		this.world.factWithEdge("u1", START, BEFORE);
		this.world.factWithEdge("u2", START, START);
		UnseenObjects.Slice slice = this.world.ports.unseen().slice(C1, START, null).block();
		assertThat(slice.objects()).containsExactly(this.world.object("u1"));
	}

	@Test
	void countsADeadLetterAsSeenAndDoesNotSweepWhenItMayBeOfAnybody() {
		this.world.fact("u1", BEFORE);
		this.world.account("u1", null);
		this.world.fact("u2", BEFORE);
		this.world.account("u2", null);
		deadLetter("1", "c1:u1");
		this.world.markers("r1", RunMode.FULL, List.of(0));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(1);
		deadLetter("2", null);
		this.world.fact("u3", BEFORE);
		this.world.account("u3", null);
		this.world.markers("r2", RunMode.FULL, List.of(0));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(1);
		assertThat(this.world.run("r2").work().note()).isEqualTo(Sweep.NOT_SWEPT);
		assertThat(this.world.events(RunCompleted.class)).hasSize(2);
	}

	@Test
	void holdsWhatIsAboveTheLimitAndReleasesExactlyTheApprovedSet() {
		staged(60, 1);
		this.world.markers("r1", RunMode.DELTA, List.of(1, 2));
		this.world.deliverAll();
		SetHeld held = held("r1");
		assertThat(held.kind()).isEqualTo(GuardedKind.ACCOUNTS);
		assertThat(held.count()).isEqualTo(60);
		assertThat(this.world.deactivated()).isZero();
		assertThat(this.world.events(RunCompleted.class)).singleElement()
			.satisfies((done) -> assertThat(done.applied().held()).isEqualTo(60));
		this.world.account("late", RunWorld.leaver(9));
		judge("r1", held.hash(), true);
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(60);
		assertThat(this.world.events(HeldSetClosed.class)).singleElement()
			.satisfies((closed) -> assertThat(closed.approved()).isTrue());
		this.world.markers("r2", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(61);
	}

	@Test
	void asksForANewApprovalWhenTheSetHasChanged() {
		staged(60, 1);
		this.world.markers("r1", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		this.world.account("u60", RunWorld.leaver(1));
		this.world.markers("r2", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		judge("r1", held("r1").hash(), true);
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isZero();
		assertThat(held("r2").count()).isEqualTo(61);
		judge("r2", held("r2").hash(), true);
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(61);
	}

	@Test
	void doesNotTellTheSameHeldSetTwice() {
		staged(60, 1);
		this.world.markers("r1", RunMode.DELTA, List.of(1));
		this.world.markers("r2", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(this.world.events(SetHeld.class)).hasSize(1);
		assertThat(this.world.events(RunCompleted.class)).hasSize(2);
	}

	@Test
	void leavesARejectedSetAloneUntilItChanges() {
		staged(60, 1);
		this.world.markers("r1", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		judge("r1", held("r1").hash(), false);
		this.world.deliverAll();
		this.world.account("other", RunWorld.leaver(1));
		this.world.markers("r2", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(this.world.events(SetHeld.class)).hasSize(1);
		assertThat(this.world.deactivated()).isEqualTo(1);
		this.world.stage("u0", RunWorld.leaver(2));
		this.world.markers("r3", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(2);
	}

	@Test
	void countsWhatWentInTheLast24Hours() {
		staged(30, 1);
		this.world.markers("r1", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(30);
		for (int i = 30; i < 60; i++) {
			this.world.account("u" + i, RunWorld.leaver(1));
		}
		this.world.now = this.world.now.plus(Duration.ofHours(23));
		this.world.markers("r2", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(held("r2").count()).isEqualTo(30);
		this.world.now = this.world.now.plus(Duration.ofHours(2));
		this.world.markers("r3", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(60);
		assertThat(this.world.ports.heldSets().of(C1, 10).collectList().block()).extracting(HeldSet::status)
			.containsExactly(HeldSet.Status.SUPERSEDED);
	}

	@Test
	void countsMembershipsOfLeaversWithTheLeavers() {
		List<Document> removals = java.util.stream.IntStream.range(0, 600)
			.mapToObj((i) -> new Document("team", "t" + i).append("version", 1L))
			.toList();
		this.world.account("u1", RunWorld.leaver(2).append("removals", removals));
		this.world.account("u2", new Document("removals", removals));
		this.world.markers("r1", RunMode.DELTA, List.of(1));
		this.world.deliverAll();
		assertThat(this.world.deactivated()).isEqualTo(1);
		assertThat(held("r1").kind()).isEqualTo(GuardedKind.MEMBERSHIPS);
		assertThat(held("r1").count()).isEqualTo(600);
	}

	@RepeatedTest(12)
	void endsTheSameHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 1_000 + repetition.getCurrentRepetition();
		try (RunWorld killed = new RunWorld(seed, 4)) {
			killed.kills = 25;
			for (int i = 0; i < 30; i++) {
				killed.fact("u" + i, (i % 3 == 0) ? BEFORE : START);
				killed.account("u" + i, null);
			}
			killed.markers("r1", RunMode.FULL, List.of(0, 4, 7));
			killed.markers("r2", RunMode.DELTA, List.of(4, 9));
			killed.deliverAll();
			assertThat(killed.events(RunCompleted.class)).as("seed %d", seed)
				.extracting(RunCompleted::run)
				.containsExactlyInAnyOrder(new RunId("r1"), new RunId("r2"));
			assertThat(killed.deactivated()).as("seed %d", seed).isEqualTo(10);
		}
	}

	@RepeatedTest(6)
	void releasesAnApprovedSetHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 2_000 + repetition.getCurrentRepetition();
		try (RunWorld killed = new RunWorld(seed, 4)) {
			for (int i = 0; i < 60; i++) {
				killed.account("u" + i, RunWorld.leaver(1));
			}
			killed.markers("r1", RunMode.DELTA, List.of(0, 4));
			killed.kills = 10;
			killed.deliverAll();
			SetHeld held = killed.events(SetHeld.class).getFirst();
			killed.publish(new HeldSetJudged(ACME, C1, held.run(), held.hash(), true, "olga", Instant.EPOCH));
			killed.deliverAll();
			assertThat(killed.deactivated()).as("seed %d", seed).isEqualTo(60);
			assertThat(killed.events(HeldSetClosed.class)).as("seed %d", seed).hasSize(1);
		}
	}

	private void staged(int accounts, long version) {
		for (int i = 0; i < accounts; i++) {
			this.world.account("u" + i, RunWorld.leaver(version));
		}
	}

	private SetHeld held(String run) {
		return this.world.events(SetHeld.class)
			.stream()
			.filter((event) -> event.run().value().equals(run))
			.findFirst()
			.orElseThrow();
	}

	private void judge(String run, String hash, boolean approved) {
		this.world.publish(new HeldSetJudged(ACME, new ConnectionId("c1"), new RunId(run), hash, approved, "olga",
				this.world.now));
	}

	private void deadLetter(String id, String key) {
		this.world.block(this.world.database.getCollection("deadLetters")
			.insertOne(
					new Document("_id", id).append("topic", "rollcall.directory.observations.v1").append("key", key)));
	}

	private static RunMarker oneMarkerOfTwo(String run) {
		return new RunMarker(ACME, C1, new RunId(run), RunMode.DELTA, RunTrigger.HINT, RunMarker.Phase.READ, 1,
				List.of(1, 2), START, ReadCounts.NONE);
	}

}
