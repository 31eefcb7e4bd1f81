package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.scope.Scope;
import io.rollcall.reconciler.rules.scope.Who;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.C1;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.START;
import static io.rollcall.reconciler.flow.coordinate.RunsTests.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Groups in groups: who is decided again when one is moved, over a real MongoDB. */
class NestedTests {

	/** For a hundred thousand, {@code -Dmembers=100000}. */
	private static final int MEMBERS = Integer.getInteger("members", 5_000);

	private static final Duration SOON = Duration.ofSeconds(1);

	@RegisterExtension
	private final CoordinateWorld world = new CoordinateWorld(1, 100);

	@Test
	void itIsWorkedOutBeforeRulesThatAskForItDecideAnybody() {
		this.world.group("top");
		this.world.group("mid", "Gtop");
		this.world.group("low", "Gmid");
		this.world.user("u1", START, "Glow");
		assertThat(this.world.above("low")).isNull();
		this.world.publish(below(2, "top"));
		assertThat(this.world.above("low")).containsExactlyInAnyOrder("Gmid", "Gtop");
		assertThat(this.world.above("top")).isNull();
		assertThat(decided(this.world.bulk)).contains("u1");
		this.world.publish(Rules.standard().as(3));
		assertThat(this.world.count("nestings")).isZero();
		this.world.publish(below(4, "mid"));
		assertThat(this.world.above("low")).containsExactlyInAnyOrder("Gmid", "Gtop");
	}

	@Test
	void onlyThoseWhomAMoveConcernsAreDecidedByARunThatTellsItsProgress() {
		this.world.group("top");
		this.world.group("moved");
		this.world.group("below", "Gmoved");
		this.world.group("apart");
		this.world.users(MEMBERS, START, "Gbelow");
		this.world.user("alone", START, "Gapart");
		publishAndForget(below(2, "top"));
		this.world.move("moved", "Gtop");
		this.world.containerChanged(null, ContainerKind.GROUP, "moved");
		this.world.settle();
		this.world.pass(SOON);
		assertThat(Set.copyOf(decided(this.world.bulk))).hasSize(MEMBERS + 1)
			.contains("below", "u7")
			.doesNotContain("alone", "apart", "top");
		assertThat(decided(this.world.bulk)).doesNotHaveDuplicates();
		assertThat(this.world.events(RunEvent.RunProgressed.class)).isNotEmpty();
		assertThat(this.world.events(RunEvent.RunEnded.class)).extracting(RunEvent.RunEnded::mode)
			.endsWith(RunMode.EVALUATION);
		assertThat(this.world.count("toDecide")).isZero();
	}

	@Test
	void aMoveThatNoRuleAsksForDecidesNobodyBelow() {
		this.world.group("top");
		this.world.group("other");
		this.world.group("moved");
		this.world.group("below", "Gmoved");
		this.world.user("u1", START, "Gmoved");
		this.world.user("u2", START, "Gbelow");
		publishAndForget(below(2, "top"));
		this.world.move("moved", "Gother");
		this.world.containerChanged(null, ContainerKind.GROUP, "moved");
		this.world.settle();
		this.world.pass(SOON);
		assertThat(decided(this.world.live)).containsExactlyInAnyOrder("u1", "below");
		assertThat(this.world.above("below")).containsExactlyInAnyOrder("Gmoved", "Gother");
	}

	@Test
	void groupsInEachOtherAreAboveThemselves() {
		this.world.group("a", "Gb");
		this.world.group("b", "Gc");
		this.world.group("c", "Ga", "Gd");
		this.world.group("d");
		this.world.publish(below(2, "d"));
		for (String group : List.of("a", "b", "c")) {
			assertThat(this.world.above(group)).containsExactlyInAnyOrder("Ga", "Gb", "Gc", "Gd");
		}
		this.world.move("c", "Gd");
		this.world.containerChanged(null, ContainerKind.GROUP, "c");
		this.world.settle();
		this.world.pass(SOON);
		assertThat(this.world.above("c")).containsExactly("Gd");
		assertThat(this.world.above("a")).containsExactlyInAnyOrder("Gb", "Gc", "Gd");
	}

	/** Nobody is told of groups that a FULL run sees first. */
	@Test
	void theEndOfAFullRunWorksAllOfItOutAndDecidesWhomItConcerns() {
		publishAndForget(below(2, "top"));
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.group("top");
		this.world.group("low", "Gtop");
		this.world.group("apart");
		this.world.user("u1", START, "Glow");
		this.world.user("u2", START, "Gapart");
		this.world.read(run, RunMode.FULL, 0);
		this.world.settle();
		assertThat(this.world.above("low")).containsExactly("Gtop");
		assertThat(decided(this.world.bulk)).containsExactly("u1");
		assertThat(this.world.events(RunEvent.RunEnded.class)).extracting(RunEvent.RunEnded::mode)
			.endsWith(RunMode.FULL);
	}

	@Test
	void membersWhomAFullRunDidNotSeeAsTheyAreHiddenAreNotJudgedByIt() {
		this.world.group("top");
		this.world.group("board", "Gtop");
		this.world.hideMembersOf("board");
		this.world.user("u1", START, "Gboard");
		publishAndForget(below(2, "top"));
		assertThat(hidden()).isEmpty();
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.move("u1");
		this.world.stage(run, "u1");
		this.world.read(run, RunMode.FULL, 0);
		this.world.settle();
		assertThat(hidden()).containsExactly("Gtop");
		assertThat(this.world.released).isEmpty();
		assertThat(decided(this.world.bulk)).contains("u1");
		assertThat(this.world.events(RunEvent.RunEnded.class)).extracting(RunEvent.RunEnded::mode)
			.contains(RunMode.FULL, RunMode.RULES);
		this.world.bulk.clear();
		this.world.applyFromHere();
		RunId next = this.world.reading("r2", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.stage(next, "u2");
		this.world.move("u1", "Gboard");
		this.world.read(next, RunMode.FULL, 0);
		this.world.settle();
		assertThat(hidden()).isEmpty();
		assertThat(decided(this.world.bulk)).contains("u1");
		this.world.publish(Rules.standard().as(3));
		assertThat(hidden()).isEmpty();
	}

	private Set<String> hidden() {
		return this.world.ports.connections()
			.find(C1)
			.hidden()
			.stream()
			.map(Container::code)
			.collect(Collectors.toSet());
	}

	@Test
	void itIsFollowedWhileAConnectionRests() {
		this.world.group("top");
		this.world.group("low", "Gtop");
		publishAndForget(below(2, "top"));
		this.world.status(ConnectionStatus.PAUSED);
		this.world.move("low");
		this.world.containerChanged(null, ContainerKind.GROUP, "low");
		this.world.settle();
		this.world.pass(SOON);
		assertThat(this.world.above("low")).isEmpty();
		assertThat(this.world.live).isEmpty();
	}

	@Test
	void whatAFormerOwnerSaysLateIsRefused() {
		Nestings nestings = this.world.ports.nestings();
		Container top = new Container(ContainerKind.GROUP, new ObjectId("top"));
		Nesting said = new Nesting(new ObjectId("low"), List.of(top), Set.of(top));
		nestings.write(C1, List.of(said), 7);
		assertThatThrownBy(() -> nestings.write(C1, List.of(Nesting.none(new ObjectId("low"))), 6))
			.isInstanceOf(WrittenByOthers.class);
		assertThat(nestings.all(C1)).containsOnly(Map.entry(new ObjectId("low"), said));
	}

	@RepeatedTest(8)
	void decidesTheSameHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 7_000 + repetition.getCurrentRepetition();
		try (CoordinateWorld killed = new CoordinateWorld(seed, 4).active()) {
			killed.group("top");
			killed.group("moved");
			for (int i = 0; i < 6; i++) {
				killed.group("g" + i, "Gmoved");
			}
			for (int i = 0; i < 130; i++) {
				killed.user("u" + i, START, "Gg" + (i % 6));
			}
			killed.publish(below(2, "top"));
			killed.bulk.clear();
			killed.applyFromHere();
			killed.move("moved", "Gtop");
			killed.kills = 15;
			killed.containerChanged(null, ContainerKind.GROUP, "moved");
			killed.settle();
			killed.pass(SOON);
			assertThat(decided(killed.bulk)).as("seed %d", seed).containsAll(List.of(CoordinateWorld.users(0, 130)));
			assertThat(killed.above("g3")).as("seed %d", seed).containsExactlyInAnyOrder("Gmoved", "Gtop");
			assertThat(killed.ports.runs().open(C1)).as("seed %d", seed).isEmpty();
			assertThat(killed.count("toDecide")).as("seed %d", seed).isZero();
		}
	}

	/** Everybody was decided by them before. */
	private void publishAndForget(Rules rules) {
		this.world.publish(rules);
		this.world.bulk.clear();
		this.world.applyFromHere();
	}

	private static Rules below(int version, String group) {
		Map<ObjectId, Members> groups = new HashMap<>();
		groups.put(new ObjectId(group), Members.TRANSITIVE);
		return Rules.standard()
			.as(version)
			.with(new Scope(new Who(Set.of(), groups, Set.of(), null), null, false, false));
	}

}
