package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;

import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Observation.DecisionsRequested;
import io.rollcall.model.directory.Observation.ObjectsUnseen;
import io.rollcall.model.directory.Observation.OfPartition;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunEvent.RunEnded;
import io.rollcall.model.run.RunEvent.RunStarted;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.mongo.coordinate.MongoConnections;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.Mapping;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.ACME;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.BEFORE;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.C1;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.START;
import static org.assertj.core.api.Assertions.assertThat;

/** Runs from their beginning to their end, over a real MongoDB. */
class RunsTests {

	@RegisterExtension
	private final CoordinateWorld world = new CoordinateWorld(1, 4);

	@Test
	void endsARunOnceWhenEveryPartitionHasItsMarker() {
		RunId run = this.world.reading("r1", RunMode.DELTA, RunTrigger.SCHEDULE);
		this.world.settle();
		assertThat(this.world.events(RunStarted.class)).extracting(RunStarted::run).containsExactly(run);
		this.world.read(run, RunMode.DELTA, 3);
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).singleElement().satisfies((ended) -> {
			assertThat(ended.run()).isEqualTo(run);
			assertThat(ended.outcome()).isEqualTo(RunEvent.Outcome.COMPLETED);
			assertThat(ended.read().users()).isEqualTo(7);
			assertThat(ended.about()).isFalse();
			assertThat(ended.problem()).isNull();
		});
		assertThat(this.world.ports.runs().open(C1)).isEmpty();
	}

	@Test
	void waitsForTheLastPartition() {
		RunId run = this.world.reading("r1", RunMode.DELTA, RunTrigger.SCHEDULE);
		for (int partition = 1; partition < Topics.PARTITIONS; partition++) {
			this.world.marker(run, RunMode.DELTA, Topics.OBSERVATIONS, partition, 0);
		}
		this.world.ended(run, RunMode.DELTA, null);
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).isEmpty();
		this.world.marker(run, RunMode.DELTA, Topics.OBSERVATIONS, 0, 0);
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).hasSize(1);
	}

	@Test
	void sweepsWhatAFullRunDidNotSee() {
		for (int i = 0; i < 10; i++) {
			this.world.user("seen-" + i, START);
		}
		for (int i = 0; i < 7; i++) {
			this.world.user("gone-" + i, BEFORE);
		}
		this.world.user("edges-only", null);
		this.world.fact("unit", "ADMINISTRATIVE_UNIT", BEFORE);
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.read(run, RunMode.FULL, 2);
		this.world.settle();
		assertThat(CoordinateWorld.objects(this.world.bulk, ObjectsUnseen.class, ObjectsUnseen::objects))
			.containsExactlyInAnyOrder("gone-0", "gone-1", "gone-2", "gone-3", "gone-4", "gone-5", "gone-6");
		assertThat(this.world.released).hasSize(7);
		assertThat(this.world.events(RunEnded.class)).singleElement()
			.satisfies((ended) -> assertThat(ended.applied().count(Tally.Kind.ACCOUNT_DEACTIVATED)).isEqualTo(7));
		assertThat(this.world.count("staged")).isZero();
	}

	/** The last unit of a tenant may be the one that is gone. */
	@Test
	void sweepsAKindOfWhichNothingIsLeft() {
		this.world.fact("unit", "ADMINISTRATIVE_UNIT", BEFORE);
		this.world.fact("device", "OTHER", BEFORE);
		this.world.listed = List.of(ObjectKind.USER, ObjectKind.GROUP, ObjectKind.ADMINISTRATIVE_UNIT);
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.read(run, RunMode.FULL, 1);
		this.world.settle();
		assertThat(CoordinateWorld.objects(this.world.bulk, ObjectsUnseen.class, ObjectsUnseen::objects))
			.containsExactly("unit");
	}

	/** A million objects must not stand in memory. */
	@Test
	void sweepsManyPageByPage() {
		int users = 50_000;
		try (CoordinateWorld large = new CoordinateWorld(1, 1_000).active()) {
			large.users(users, BEFORE);
			int slices = 0;
			int objects = 0;
			String cursor = null;
			do {
				Directory.Slice slice = large.ports.directory().unseen(C1, List.of(ObjectKind.USER), START, cursor);
				assertThat(slice.objects()).hasSizeLessThanOrEqualTo(1_000);
				objects += slice.objects().size();
				slices++;
				cursor = slice.next();
			}
			while (cursor != null);
			assertThat(objects).isEqualTo(users);
			assertThat(slices).isBetween(50, 51);
			large.roundTrips = 0;
			assertThat(large.ports.directory().unseen(C1, List.of(ObjectKind.USER), BEFORE, null).objects()).isEmpty();
			assertThat(large.roundTrips).isEqualTo(2);
		}
	}

	@Test
	void sweepsWhatWasAppliedInRangesAndPartlyTwice() {
		for (int i = 0; i < 60; i++) {
			this.world.user("gone-" + i, BEFORE);
		}
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			applied(run, partition, 1, 3, Tally.NONE);
			applied(run, partition, 2, 5, Tally.NONE);
			applied(run, partition, 6, 6, Tally.NONE);
			this.world.marker(run, RunMode.FULL, Topics.SNAPSHOTS, partition, 6);
		}
		this.world.ended(run, RunMode.FULL, null);
		this.world.settle();
		assertThat(CoordinateWorld.objects(this.world.bulk, ObjectsUnseen.class, ObjectsUnseen::objects)).hasSize(60);
		assertThat(this.world.events(RunEnded.class)).singleElement().satisfies((ended) -> {
			assertThat(ended.problem()).isNull();
			assertThat(ended.about()).isTrue();
		});
	}

	/** After a crash the connector may publish other markers than before it. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void believesTheEndOfTheReadingAndNotItsMarkers(boolean abandoned) {
		this.world.user("gone", BEFORE);
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			this.world.marker(run, RunMode.FULL, Topics.SNAPSHOTS, partition, (partition < 5) ? 1 : 0);
			this.world.marker(run, RunMode.FULL, Topics.SNAPSHOTS, partition, 0);
		}
		this.world.ended(run, RunMode.FULL,
				abandoned ? new Problem(Problem.Code.OWNER_CHANGED, Map.of(), false) : null);
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).singleElement()
			.satisfies((ended) -> assertThat(ended.outcome())
				.isEqualTo(abandoned ? RunEvent.Outcome.ABANDONED : RunEvent.Outcome.COMPLETED));
		assertThat(this.world.bulk.stream().anyMatch(ObjectsUnseen.class::isInstance)).isNotEqualTo(abandoned);
	}

	@Test
	void aBeginningThatIsToldTwiceBeginsNothing() {
		RunId first = this.world.reading("r1", RunMode.DELTA, RunTrigger.SCHEDULE);
		this.world.status(ConnectionStatus.ACTIVE);
		this.world.read(first, RunMode.DELTA, 1);
		this.world.settle();
		RunId second = this.world.reading("r2", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.settle();
		this.world.reading("r1", RunMode.DELTA, RunTrigger.SCHEDULE);
		this.world.reading("r2", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.status(ConnectionStatus.ACTIVE);
		this.world.settle();
		assertThat(this.world.ports.runs().open(C1)).singleElement().satisfies((open) -> {
			assertThat(open.id()).isEqualTo(second);
			assertThat(open.abandoned).isFalse();
		});
		assertThat(this.world.events(RunStarted.class)).hasSize(2);
		assertThat(this.world.events(RunEnded.class)).hasSize(1);
	}

	/** Records that were lost in a topic must not make their people leavers. */
	@Test
	void doesNotSweepAPartitionOfWhichSomethingIsMissingAndTellsIt() {
		for (int i = 0; i < 60; i++) {
			this.world.user("gone-" + i, BEFORE);
		}
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			// Partition 3 misses its last record, 5 one in the middle.
			applied(run, partition, 1, (partition == 3) ? 2 : (partition == 5) ? 1 : 3, Tally.NONE);
			if (partition == 5) {
				applied(run, partition, 3, 3, Tally.NONE);
			}
			this.world.marker(run, RunMode.FULL, Topics.SNAPSHOTS, partition, 3);
		}
		this.world.ended(run, RunMode.FULL, null);
		this.world.settle();
		assertThat(this.world.bulk).filteredOn(ObjectsUnseen.class::isInstance)
			.extracting((record) -> record.partition())
			.isNotEmpty()
			.doesNotContain(3, 5);
		assertThat(this.world.events(RunEnded.class)).singleElement()
			.satisfies((ended) -> assertThat(ended.problem())
				.isEqualTo(new Problem(Problem.Code.RECORDS_MISSING, Map.of("partitions", "3, 5"), false)));
	}

	@Test
	void countsOnceHoweverTheEventsAreDeliveredAndSaysWhenAppliedTwice() {
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		Tally ten = new Tally(Map.of(Tally.Kind.ACCOUNT_CREATED, 10L),
				Map.of(Tally.Kind.ACCOUNT_CREATED, List.of("Ada")));
		applied(run, 0, 1, 3, ten);
		this.world.settle();
		// The consumer delivers the same place again.
		this.world.tellAt(this.world.told(), new Progress.RecordsApplied(ACME, C1, run, RunMode.FULL, RunPhase.READ,
				Topics.SNAPSHOTS, 0, 1, 3, ten));
		this.world.settle();
		assertThat(open(run).changed.count(Tally.Kind.ACCOUNT_CREATED)).isEqualTo(10);
		assertThat(open(run).about).isFalse();
		// Apply was given a stretch again, and tells of it again.
		applied(run, 0, 2, 5, ten);
		this.world.settle();
		assertThat(open(run).about).isTrue();
	}

	/** F12: an abandoned run ends too, with what it did. */
	@Test
	void endsAnAbandonedRunWithItsCountsAndWithoutASweep() {
		this.world.user("gone", BEFORE);
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		applied(run, 0, 1, 1, new Tally(Map.of(Tally.Kind.ACCOUNT_CREATED, 40L), Map.of()));
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			this.world.marker(run, RunMode.FULL, Topics.SNAPSHOTS, partition, 1);
		}
		Problem problem = new Problem(Problem.Code.LINK_EXPIRED, Map.of(), false);
		this.world.ended(run, RunMode.FULL, problem);
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).singleElement().satisfies((ended) -> {
			assertThat(ended.outcome()).isEqualTo(RunEvent.Outcome.ABANDONED);
			assertThat(ended.problem()).isEqualTo(problem);
			assertThat(ended.applied().count(Tally.Kind.ACCOUNT_CREATED)).isEqualTo(40);
		});
		assertThat(this.world.bulk).noneMatch(ObjectsUnseen.class::isInstance);
	}

	/** F12: what is applied behind the end of a run is told to nobody. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRunOfOursThatIsCutOffEndsWhenAllItSentIsApplied(boolean lost) {
		this.world.user("u1", START);
		this.world.tell(new Progress.RulesChanged(ACME, C1, 2, "ada", null, this.world.now));
		this.world.coordinate();
		if (lost) {
			this.world.lose();
		}
		else {
			this.world.status(ConnectionStatus.PAUSED);
		}
		this.world.coordinate();
		assertThat(this.world.events(RunEnded.class)).isEmpty();
		this.world.settle();
		assertThat(this.world.events(RunEnded.class).getFirst().outcome()).isEqualTo(RunEvent.Outcome.ABANDONED);
		assertThat(this.world.bulk.stream().filter(RunMarker.class::isInstance).map(RunMarker.class::cast))
			.filteredOn(RunMarker::abandoned)
			.hasSize(Topics.PARTITIONS);
		assertThat(this.world.ports.runs().open(C1)).isEmpty();
	}

	@Test
	void givesUpAReadingWhoseConnectorBeganAnother() {
		this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.settle();
		RunId next = this.world.reading("r2", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).singleElement()
			.satisfies((ended) -> assertThat(ended.outcome()).isEqualTo(RunEvent.Outcome.ABANDONED));
		assertThat(this.world.ports.runs().open(C1)).extracting(Run::id).containsExactly(next);
	}

	/** F33: lost progress would leave runs that never end. */
	@Test
	void abandonsOpenRunsWhenWhatWasToldIsLostAndHasAllReadAgain() {
		this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.settle();
		this.world.lose();
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).singleElement()
			.satisfies((ended) -> assertThat(ended.problem().code()).isEqualTo(Problem.Code.RECORDS_LOST));
		assertThat(this.world.events(RunEvent.RecordsLost.class)).hasSize(1);
		assertThat(this.world.events(Hint.ResyncRequested.class)).hasSize(1);
	}

	@Test
	void becomingActiveDecidesEverybodyAndIsToldOnlyWhenThereIsSomebody() {
		this.world.status(ConnectionStatus.PAUSED);
		this.world.status(ConnectionStatus.ACTIVE);
		this.world.settle();
		assertThat(this.world.events).isEmpty();
		assertThat(this.world.ports.runs().newest(C1, null, 10)).isEmpty();
		for (int i = 0; i < 30; i++) {
			this.world.user("u" + i, START);
		}
		this.world.fact("g1", "GROUP", START);
		this.world.status(ConnectionStatus.PAUSED);
		this.world.status(ConnectionStatus.ACTIVE);
		this.world.settle();
		assertThat(decided(this.world.bulk)).hasSize(31).doesNotHaveDuplicates().contains("g1", "u29");
		assertThat(this.world.events(RunStarted.class)).singleElement().satisfies((started) -> {
			assertThat(started.mode()).isEqualTo(RunMode.RULES);
			assertThat(started.trigger()).isEqualTo(RunTrigger.ACTIVATION);
		});
		assertThat(this.world.events(RunEnded.class)).hasSize(1);
	}

	@Test
	void newRulesDecideEverybodyButOnlyWhileActive() {
		this.world.user("u1", START);
		this.world.tell(new Progress.RulesChanged(ACME, C1, 2, "ada", null, this.world.now));
		this.world.settle();
		assertThat(this.world.events(RunEnded.class)).singleElement().satisfies((ended) -> {
			assertThat(ended.trigger()).isEqualTo(RunTrigger.RULES);
			assertThat(ended.by()).isEqualTo("ada");
		});
		this.world.status(ConnectionStatus.PAUSED);
		this.world.tell(new Progress.RulesChanged(ACME, C1, 3, "ada", null, this.world.now));
		this.world.settle();
		assertThat(decided(this.world.bulk)).containsExactly("u1");
	}

	/**
	 * A person's rules hold, and are told, when the coordinator says so: or not at all.
	 */
	@RepeatedTest(4)
	void rulesHoldAndAreToldHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 5_000 + repetition.getCurrentRepetition();
		try (CoordinateWorld killed = new CoordinateWorld(seed, 4).active()) {
			Rules standard = Rules.standard();
			Connections connections = new MongoConnections(killed.database);
			for (int version = 2; version <= 3; version++) {
				Rules next = standard.as(version).with(Mapping.of(Map.of("street", "streetAddress")));
				assertThat(connections.add(C1, next, "ada", killed.now)).isTrue();
				assertThat(connections.add(C1, next, "bob", killed.now)).isFalse();
			}
			assertThat(connections.find(C1).rules().version()).isEqualTo(1);
			killed.kills = 6;
			killed.tell(new Progress.RulesChanged(ACME, C1, 3, "ada", null, killed.now));
			killed.tell(new Progress.RulesChanged(ACME, C1, 2, "ada", null, killed.now));
			killed.settle();
			assertThat(connections.find(C1).rules().version()).as("seed %d", seed).isEqualTo(3);
			assertThat(connections.published(C1, 2).by()).isEqualTo("ada");
			assertThat(killed.events(RulesPublished.class)).as("seed %d", seed)
				.extracting(RulesPublished::version)
				.containsOnly(3);
		}
	}

	@Test
	void tellsProgressAtMostOnceASecond() {
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		for (int i = 1; i < 20; i++) {
			applied(run, 0, i, i, Tally.NONE);
			this.world.settle();
		}
		assertThat(this.world.events(RunEvent.RunProgressed.class)).hasSize(1);
		this.world.now = this.world.now.plusSeconds(1);
		applied(run, 0, 20, 20, Tally.NONE);
		this.world.settle();
		assertThat(this.world.events(RunEvent.RunProgressed.class)).hasSize(2);
	}

	@Test
	void forgetsRunsAfterAWhile() {
		RunId run = this.world.reading("r1", RunMode.DELTA, RunTrigger.SCHEDULE);
		this.world.read(run, RunMode.DELTA, 0);
		this.world.settle();
		assertThat(this.world.block(this.world.database.getCollection("runs").find().first()).getDate("expireAt"))
			.isEqualTo(Date.from(this.world.now.plus(Duration.ofDays(90))));
	}

	@RepeatedTest(12)
	void endsTheSameHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 1_000 + repetition.getCurrentRepetition();
		try (CoordinateWorld killed = new CoordinateWorld(seed, 4).active()) {
			for (int i = 0; i < 30; i++) {
				killed.user("u" + i, (i % 3 == 0) ? BEFORE : START);
			}
			killed.kills = 25;
			RunId full = killed.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
			killed.read(full, RunMode.FULL, 2);
			RunId delta = killed.reading("r2", RunMode.DELTA, RunTrigger.SCHEDULE);
			killed.read(delta, RunMode.DELTA, 1);
			killed.settle();
			assertThat(killed.events(RunEnded.class)).as("seed %d", seed)
				.extracting(RunEnded::run)
				.containsExactlyInAnyOrder(full, delta);
			assertThat(killed.released).as("seed %d: %s", seed, killed.events).hasSize(10);
			assertThat(killed.count("staged")).as("seed %d", seed).isZero();
			assertThat(killed.count("progress")).as("seed %d", seed).isZero();
		}
	}

	private void applied(RunId run, int partition, int from, int to, Tally changed) {
		this.world.tell(new Progress.RecordsApplied(ACME, C1, run, RunMode.FULL, RunPhase.READ, Topics.SNAPSHOTS,
				partition, from, to, changed));
	}

	private Run open(RunId run) {
		return this.world.ports.runs().find(C1, run);
	}

	static List<String> decided(List<OfPartition> records) {
		return CoordinateWorld.objects(records, DecisionsRequested.class, DecisionsRequested::objects);
	}

}
