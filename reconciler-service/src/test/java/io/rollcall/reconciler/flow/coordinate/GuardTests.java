package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent.HeldSetClosed;
import io.rollcall.model.run.RunEvent.RunEnded;
import io.rollcall.model.run.RunEvent.SetHeld;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.HeldSet;
import io.rollcall.reconciler.rules.Rules;
import org.bson.Document;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.ACME;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.BEFORE;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.C1;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the guard lets through, and what it holds, over a real MongoDB. */
class GuardTests {

	private static final Duration SOON = Duration.ofSeconds(2);

	@RegisterExtension
	private final CoordinateWorld world = new CoordinateWorld(1, 100);

	@Test
	void aLonelyLeaverGoesAfterTwoSecondsAndIsToldAlone() {
		this.world.stage(null, "u1");
		this.world.settle();
		assertThat(this.world.live).isEmpty();
		this.world.pass(SOON);
		assertThat(this.world.live).singleElement().satisfies((record) -> {
			assertThat(record.run()).isNull();
			assertThat(((StagedReleased) record).entries()).singleElement()
				.satisfies((entry) -> assertThat(entry.revision()).isEqualTo(1));
		});
		assertThat(this.world.events).isEmpty();
		assertThat(this.world.count("staged")).isZero();
	}

	@Test
	void whoWasShownBeforeRulesWerePublishedGoesWithoutAQuestionAndCountsAgainstNobody() {
		RunId run = publishedWith("p1", 0, 40);
		this.world.stage(run, users(0, 40));
		this.world.settle();
		assertThat(this.world.released).hasSize(40);
		assertThat(this.world.events(SetHeld.class)).isEmpty();
		// As many again as may go.
		this.world.leave(users(50, 70));
		assertThat(this.world.releasedLive()).hasSize(20);
	}

	@Test
	void oneWhoWasNotShownHasAPersonAskedAboutAll() {
		RunId run = publishedWith("p1", 0, 39);
		this.world.stage(run, users(0, 40));
		this.world.settle();
		assertThat(this.world.released).isEmpty();
		assertThat(this.world.events(SetHeld.class)).singleElement()
			.satisfies((held) -> assertThat(held.count()).isEqualTo(40));
	}

	/** Rules are published with a preview that showed some of the 40 users leave. */
	private RunId publishedWith(String preview, int from, int to) {
		this.world.users(40, BEFORE);
		for (String user : users(from, to)) {
			this.world.block(this.world.database.getCollection("previewOutcomes")
				.insertOne(new Document("_id", preview + ":account:a-" + user).append("losses", List.of("ACCOUNTS"))));
		}
		this.world.ports.connections().add(C1, Rules.standard().as(2), "ada", this.world.now);
		this.world.tell(new Progress.RulesChanged(ACME, C1, 2, "ada", preview, this.world.now));
		this.world.coordinate();
		return this.world.ports.runs().open(C1).getFirst().id();
	}

	/** F7: one leaver a second must not put off all of them. */
	@Test
	void judgesTenSecondsAfterTheFirstThoughMoreCome() {
		for (int second = 0; second < 10; second++) {
			this.world.stage(null, "u" + second);
			this.world.settle();
			assertThat(this.world.releasedLive()).isEmpty();
			this.world.now = this.world.now.plusSeconds(1);
		}
		this.world.settle();
		assertThat(this.world.releasedLive()).hasSize(10);
	}

	/** F7: a run that hangs for hours does not hold back who leaves meanwhile. */
	@Test
	void judgesWhatLiveReadsStagedDuringARun() {
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.stage(run, "of-the-run");
		this.world.leave("live");
		assertThat(this.world.releasedLive()).containsExactly("a-live");
		this.world.read(run, RunMode.FULL, 0);
		this.world.settle();
		assertThat(this.world.released).containsExactly("a-of-the-run");
	}

	/** F8: a disaster must not trickle through up to the limit. */
	@Test
	void judgesWhatASweepStagedOnlyWhenAllOfItIsThere() {
		String[] gone = users(0, 300);
		for (String user : gone) {
			this.world.user(user, BEFORE);
		}
		this.world.accounts(300);
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.read(run, RunMode.FULL, 0);
		// Apply is slow: 15 are staged, and nothing more comes for a minute.
		this.world.coordinate();
		this.world.tell(new Staged(ACME, C1, run,
				IntStream.range(0, 15)
					.mapToObj((i) -> CoordinateWorld.entry("u" + i, GuardedKind.ACCOUNTS, 1))
					.toList()));
		this.world.coordinate();
		this.world.now = this.world.now.plusSeconds(60);
		this.world.coordinate();
		assertThat(this.world.released).isEmpty();
		this.world.settle();
		assertThat(this.world.released).isEmpty();
		assertThat(this.world.events(SetHeld.class)).singleElement().satisfies((held) -> {
			assertThat(held.count()).isEqualTo(300);
			assertThat(held.total()).isEqualTo(300);
			assertThat(held.limit()).isEqualTo(30);
			assertThat(held.names()).hasSize(Tally.NAMES);
			assertThat(held.run()).isEqualTo(run);
		});
		assertThat(this.world.events(RunEnded.class)).singleElement()
			.satisfies((ended) -> assertThat(ended.held()).isEqualTo(300));
	}

	/** The issue: an hour after 300 held ones somebody leaves alone. */
	@Test
	void aHeldSetDoesNotHoldBackWhoLeavesLaterNorCostsThemAnything() {
		this.world.stage(null, "alone");
		this.world.settle();
		this.world.roundTrips = 0;
		this.world.pass(SOON);
		int withoutASet = this.world.roundTrips;
		this.world.leave(users(0, 300));
		assertThat(this.world.events(SetHeld.class)).hasSize(1);
		this.world.live.clear();
		this.world.pass(Duration.ofHours(1));
		this.world.stage(null, "lonely");
		this.world.settle();
		this.world.roundTrips = 0;
		this.world.pass(SOON);
		assertThat(this.world.releasedLive()).containsExactly("a-lonely");
		assertThat(this.world.roundTrips).isLessThanOrEqualTo(withoutASet);
		assertThat(this.world.events(SetHeld.class)).hasSize(1);
	}

	/** The issue: with an open held set every run gathered, copied and told it again. */
	@Test
	void anOpenHeldSetMakesNoWorkForAThousandChanges() {
		this.world.leave(users(0, 300));
		this.world.block(this.world.database.runCommand(new Document("profile", 2)));
		for (int i = 0; i < 10; i++) {
			RunId run = this.world.reading("d" + i, RunMode.DELTA, RunTrigger.SCHEDULE);
			this.world.read(run, RunMode.DELTA, 100);
			this.world.settle();
		}
		this.world.block(this.world.database.runCommand(new Document("profile", 0)));
		Document entries = this.world.block(this.world.database.getCollection("system.profile")
			.aggregate(List.of(new Document("$match", new Document("ns", this.world.database.getName() + ".staged")),
					new Document("$group",
							new Document("_id", null).append("docs", new Document("$sum", "$docsExamined"))
								.append("written", new Document("$sum", "$nModified"))))));
		assertThat(((Number) entries.get("docs")).longValue()).isZero();
		assertThat(((Number) entries.get("written")).longValue()).isZero();
		assertThat(this.world.events(SetHeld.class)).hasSize(1);
	}

	@Test
	void approvesExactlyWhatWasShownThoughMoreHasCome() {
		SetHeld held = this.world.held(60);
		// More is staged when the person says yes, and one of the set anew.
		this.world.stage(null, "u0", "late");
		this.world.judge(held.hash(), true, null);
		assertThat(this.world.released).hasSize(60).doesNotContain("a-late");
		assertThat(releaseOf("a-u0").revision()).isEqualTo(1);
		assertThat(this.world.events(HeldSetClosed.class)).singleElement()
			.satisfies((closed) -> assertThat(closed.approved()).isTrue());
		assertThat(this.world.events(RunEnded.class)).singleElement().satisfies((ended) -> {
			assertThat(ended.mode()).isEqualTo(RunMode.RELEASE);
			assertThat(ended.by()).isEqualTo("olga");
			assertThat(ended.applied().count(Tally.Kind.ACCOUNT_DEACTIVATED)).isEqualTo(60);
		});
		this.world.pass(SOON);
		assertThat(this.world.releasedLive()).containsExactlyInAnyOrder("a-u0", "a-late");
		assertThat(this.world.count("staged")).isZero();
	}

	/** F9: what a person approved does not count against who leaves next. */
	@Test
	void anApprovedSetDoesNotCountAgainstTheNextLeaver() {
		this.world.judge(this.world.held(500).hash(), true, null);
		assertThat(this.world.released).hasSize(500);
		this.world.leave("next");
		assertThat(this.world.releasedLive()).containsExactly("a-next");
	}

	@Test
	void approvesAPartAndHoldsTheOthersAsASetOfTheirOwn() {
		String hash = this.world.held(60).hash();
		this.world.judge(hash, true, List.of("a-u1", "a-u2"));
		assertThat(this.world.released).containsExactlyInAnyOrder("a-u1", "a-u2");
		SetHeld others = this.world.events(SetHeld.class).getLast();
		assertThat(others.hash()).isNotEqualTo(hash);
		assertThat(others.count()).isEqualTo(58);
		this.world.judge(others.hash(), true, null);
		assertThat(this.world.released).hasSize(60);
	}

	@Test
	void aRejectedSetIsClosedAndAFirstWordCounts() {
		String hash = this.world.held(60).hash();
		this.world.judge(hash, false, null);
		this.world.judge(hash, true, null);
		assertThat(this.world.released).isEmpty();
		assertThat(this.world.events(HeldSetClosed.class)).singleElement()
			.satisfies((closed) -> assertThat(closed.approved()).isFalse());
		assertThat(Objects.requireNonNull(this.world.ports.entries().find(C1, hash)).status())
			.isEqualTo(HeldSet.Status.REJECTED);
	}

	/** Apply tells of whoever is still to go whenever it decides them. */
	@Test
	void nobodyIsAskedAgainAboutARejectedSetThatIsToldAgain() {
		this.world.judge(this.world.held(60).hash(), false, null);
		List<Staged.Entry> again = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			again.add(CoordinateWorld.entry("u" + i, GuardedKind.ACCOUNTS, i + 1));
		}
		this.world.tell(new Staged(ACME, C1, null, again));
		this.world.settle();
		this.world.pass(SOON);
		assertThat(this.world.events(SetHeld.class)).hasSize(1);
		assertThat(this.world.releasedLive()).isEmpty();
		Document kept = this.world.block(this.world.database.getCollection("staged").find().first());
		assertThat(kept.keySet()).containsExactlyInAnyOrder("_id", "expireAt");
		// Who was restored meanwhile, and is deleted anew, is another matter.
		this.world.tell(new Staged(ACME, C1, null, List.of(CoordinateWorld.entry("u1", GuardedKind.ACCOUNTS, 99))));
		this.world.settle();
		this.world.pass(SOON);
		assertThat(this.world.releasedLive()).containsExactly("a-u1");
	}

	@Test
	void closesAHeldSetOfWhichEverybodyCameBack() {
		this.world.leave(users(0, 60));
		MongoCollection<Document> accounts = this.world.database.getCollection("accounts");
		this.world.block(accounts.insertOne(new Document("_id", ACME + ":a-u7").append("staged",
				new Document("leaving", new Document("revision", 8L)))));
		this.world.read(this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE), RunMode.FULL, 1);
		this.world.settle();
		assertThat(this.world.events(HeldSetClosed.class)).isEmpty();
		this.world.block(accounts.updateMany(new Document(), Updates.unset("staged.leaving")));
		this.world.read(this.world.reading("r2", RunMode.FULL, RunTrigger.SCHEDULE), RunMode.FULL, 1);
		this.world.settle();
		assertThat(this.world.events(HeldSetClosed.class)).singleElement().satisfies((closed) -> {
			assertThat(closed.approved()).isFalse();
			assertThat(closed.by()).isNull();
		});
		assertThat(this.world.ports.entries().sets(C1, HeldSet.Status.OPEN, 10)).isEmpty();
		assertThat(this.world.count("staged")).isZero();
	}

	@Test
	void countsWhatItLetThroughInTheLast24Hours() {
		this.world.accounts(300);
		this.world.leave(users(0, 20));
		assertThat(this.world.releasedLive()).hasSize(20);
		this.world.now = this.world.now.plus(Duration.ofHours(23));
		this.world.leave(users(20, 40));
		assertThat(this.world.events(SetHeld.class)).singleElement()
			.satisfies((held) -> assertThat(held.total()).isEqualTo(320));
		this.world.now = this.world.now.plus(Duration.ofHours(2));
		this.world.leave(users(40, 60));
		assertThat(this.world.releasedLive()).hasSize(40);
	}

	@Test
	void judgesEachKindAgainstItsOwnLimit() {
		this.world.stage(null, GuardedKind.MEMBERSHIPS, users(0, 60));
		this.world.stage(null, GuardedKind.TEAMS, "g1");
		this.world.stage(null, GuardedKind.ADDRESSES, users(0, 21));
		this.world.stage(null, GuardedKind.ACCOUNTS, users(100, 120));
		this.world.settle();
		this.world.pass(SOON);
		assertThat(this.world.events(SetHeld.class)).extracting(SetHeld::kind)
			.containsExactlyInAnyOrder(GuardedKind.MEMBERSHIPS, GuardedKind.ADDRESSES);
		assertThat(this.world.releasedLive()).hasSize(21);
	}

	/** F10: nothing is judged or released while a person has paused the connection. */
	@Test
	void judgesNothingUntilTheConnectionIsActiveAgain() {
		this.world.leave(users(0, 60));
		this.world.stage(null, "late");
		this.world.status(ConnectionStatus.PAUSED);
		this.world.judge(this.world.events(SetHeld.class).getFirst().hash(), true, null);
		this.world.pass(Duration.ofHours(2));
		assertThat(this.world.released).isEmpty();
		assertThat(this.world.releasedLive()).isEmpty();
		this.world.status(ConnectionStatus.ACTIVE);
		this.world.settle();
		assertThat(this.world.released).hasSize(60);
		assertThat(this.world.releasedLive()).containsExactly("a-late");
	}

	/** F10: what a person did before the pause may be told after it. */
	@Test
	void staysPausedThoughAnOlderStatusIsToldLate() {
		Progress.ConnectionChanged active = new Progress.ConnectionChanged(ACME, C1, CoordinateWorld.SOURCE,
				ConnectionStatus.ACTIVE, "Acme", this.world.now);
		this.world.now = this.world.now.plusMillis(1);
		this.world.status(ConnectionStatus.PAUSED);
		this.world.tell(active);
		this.world.leave("late");
		assertThat(this.world.releasedLive()).isEmpty();
		// A frozen coordinator wakes up in the middle of it.
		this.world.ports.connections().store(active);
		assertThat(Objects.requireNonNull(this.world.ports.connections().find(C1)).status())
			.isEqualTo(ConnectionStatus.PAUSED);
		this.world.status(ConnectionStatus.ACTIVE);
		this.world.settle();
		assertThat(this.world.releasedLive()).containsExactly("a-late");
	}

	/** What a person approved may have been passed over, in part or all of it. */
	@Test
	void asksAgainAboutASetWhoseReleaseWasCutOff() {
		String hash = this.world.held(60).hash();
		this.world.passingOver = true;
		this.world.judge(hash, true, null);
		this.world.setAside(new Problem(Problem.Code.SET_ASIDE, Map.of(), false));
		this.world.passingOver = false;
		this.world.applyFromHere();
		this.world.pass(Duration.ofMinutes(5));
		assertThat(this.world.released).isEmpty();
		HeldSet open = Objects.requireNonNull(this.world.ports.entries().find(C1, hash));
		assertThat(open.status()).isEqualTo(HeldSet.Status.OPEN);
		assertThat(open.by()).isNull();
		assertThat(this.world.events(SetHeld.class)).extracting(SetHeld::hash).containsExactly(hash, hash);
		this.world.judge(hash, true, null);
		assertThat(this.world.released).hasSize(60);
		assertThat(this.world.events(HeldSetClosed.class)).hasSize(2);
		assertThat(this.world.count("staged")).isZero();
	}

	/** Who gave a membership by hand answers for it. */
	@Test
	void comparesWithTheMembershipsThatNobodyGaveByHand() {
		Document byRule = new Document("team", "t1");
		Document byHand = new Document("team", "t2").append("byHand", true);
		List<List<Document>> memberships = List.of(List.of(byRule, byHand), List.of(byRule), List.of(byHand));
		for (int i = 0; i < memberships.size(); i++) {
			this.world.block(this.world.database.getCollection("accounts")
				.insertOne(new Document("_id", ACME + ":m" + i).append("organization", ACME.value())
					.append("connection", C1.value())
					.append("status", "ACTIVE")
					.append("memberships", memberships.get(i))));
		}
		this.world.accounts(3);
		assertThat(this.world.ports.directory().active(ACME, C1, GuardedKind.MEMBERSHIPS)).isEqualTo(2);
	}

	/** Apply tells again what it is not sure of having told. */
	@Test
	void countsAnEntryOnceThatIsToldTwice() {
		for (int i = 0; i < 3; i++) {
			this.world.tell(new Staged(ACME, C1, null,
					IntStream.range(0, 15)
						.mapToObj((u) -> CoordinateWorld.entry("u" + u, GuardedKind.ACCOUNTS, 1))
						.toList()));
			this.world.settle();
		}
		this.world.pass(SOON);
		assertThat(this.world.releasedLive()).hasSize(15);
		assertThat(this.world.events(SetHeld.class)).isEmpty();
	}

	/** F26: due times outlive the process. */
	@Test
	void judgesAfterARestartWhatWasStagedBefore() {
		this.world.stage(null, "u1");
		this.world.settle();
		this.world.restart();
		this.world.pass(SOON);
		assertThat(this.world.releasedLive()).containsExactly("a-u1");
	}

	/** F26: a frozen coordinator that wakes up judges nothing any more. */
	@Test
	void aFormerOwnerJudgesNothing() {
		this.world.stage(null, "u1");
		this.world.settle();
		Owned former = new Owned(this.world.ports, CoordinateWorld.KNOWN);
		this.world.restart();
		this.world.pass(SOON);
		assertThat(this.world.releasedLive()).hasSize(1);
		assertThatThrownBy(() -> new Acting(former).act()).isInstanceOf(WrittenByOthers.class);
		assertThat(this.world.releasedLive()).hasSize(1);
	}

	@RepeatedTest(8)
	void releasesAnApprovedSetHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 2_000 + repetition.getCurrentRepetition();
		try (CoordinateWorld killed = new CoordinateWorld(seed, 4).active()) {
			killed.kills = 12;
			killed.stage(null, users(0, 60));
			killed.settle();
			killed.pass(SOON);
			SetHeld held = killed.events(SetHeld.class).getFirst();
			killed.judge(held.hash(), true, null);
			assertThat(killed.released).as("seed %d", seed).hasSize(60);
			assertThat(killed.events(HeldSetClosed.class)).as("seed %d", seed).hasSize(1);
			assertThat(killed.events(RunEnded.class)).as("seed %d", seed).hasSize(1);
			assertThat(killed.count("staged")).as("seed %d", seed).isZero();
		}
	}

	@RepeatedTest(8)
	void holdsTheOthersOfAnApprovedPartHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 6_000 + repetition.getCurrentRepetition();
		try (CoordinateWorld killed = new CoordinateWorld(seed, 4).active()) {
			String hash = killed.held(60).hash();
			killed.kills = 12;
			killed.judge(hash, true, List.of("a-u1", "a-u2"));
			assertThat(killed.released).as("seed %d", seed).containsExactlyInAnyOrder("a-u1", "a-u2");
			assertThat(killed.ports.entries().sets(C1, HeldSet.Status.OPEN, 10)).as("seed %d", seed)
				.singleElement()
				.satisfies((others) -> assertThat(others.count()).isEqualTo(58));
		}
	}

	@RepeatedTest(8)
	void holdsOrReleasesTheSameHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 3_000 + repetition.getCurrentRepetition();
		try (CoordinateWorld killed = new CoordinateWorld(seed, 4).active()) {
			killed.kills = 15;
			killed.stage(null, users(0, 20));
			killed.stage(null, GuardedKind.MEMBERSHIPS, users(0, 40));
			killed.settle();
			killed.pass(SOON);
			assertThat(killed.releasedLive()).as("seed %d", seed).contains("a-u0", "a-u19").doesNotContain("a-u20");
			assertThat(killed.events(SetHeld.class)).as("seed %d", seed)
				.extracting(SetHeld::kind)
				.containsExactly(GuardedKind.MEMBERSHIPS);
			assertThat(killed.count("staged")).as("seed %d", seed).isEqualTo(40);
			// What went counts once.
			killed.stage(null, "one-more");
			killed.settle();
			killed.pass(SOON);
			assertThat(killed.events(SetHeld.class)).as("seed %d", seed).hasSize(2);
		}
	}

	private StagedReleased.Entry releaseOf(String id) {
		return this.world.bulk.stream()
			.filter(StagedReleased.class::isInstance)
			.flatMap((record) -> ((StagedReleased) record).entries().stream())
			.filter((entry) -> entry.id().equals(id))
			.findFirst()
			.orElseThrow();
	}

}
