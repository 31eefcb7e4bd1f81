package io.rollcall.reconciler.flow.coordinate;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.Map;

import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Observation.DecisionsRequested;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.ACME;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.C1;
import static io.rollcall.reconciler.flow.coordinate.CoordinateWorld.START;
import static io.rollcall.reconciler.flow.coordinate.RunsTests.decided;
import static org.assertj.core.api.Assertions.assertThat;

/** Who is decided again, and connections that are passed over, over a real MongoDB. */
class EvaluationTests {

	private static final Duration SOON = Duration.ofSeconds(1);

	private static final Problem BROKEN = new Problem(Problem.Code.SET_ASIDE, Map.of("detail", "a bug"), false);

	@RegisterExtension
	private final CoordinateWorld world = new CoordinateWorld(1, 100);

	@Test
	void asksForTheFewMembersOfContainersThatChangedWithinASecond() {
		this.world.user("u1", START, "Gg1", "Mboss");
		this.world.user("u2", START, "Gg2");
		this.world.user("u3", START, "Gother");
		this.world.user("u4", START, "Ag1");
		this.world.containerChanged(null, ContainerKind.GROUP, "g1");
		this.world.containerChanged(null, ContainerKind.GROUP, "g2");
		this.world.containerChanged(null, ContainerKind.MANAGER, "boss");
		this.world.settle();
		assertThat(this.world.live).isEmpty();
		this.world.pass(SOON);
		assertThat(decided(this.world.live)).containsExactlyInAnyOrder("u1", "u2");
		assertThat(this.world.live).allSatisfy((record) -> {
			assertThat(record.run()).isNull();
			assertThat(((DecisionsRequested) record).why()).isEqualTo(DecisionsRequested.Why.CONTAINER);
		});
		assertThat(this.world.events).isEmpty();
		assertThat(this.world.count("toDecide")).isZero();
	}

	@Test
	void evaluatesManyMembersByARun() {
		for (int i = 0; i < 150; i++) {
			this.world.user("u" + i, START, "Gg1");
		}
		this.world.containerChanged(null, ContainerKind.GROUP, "g1");
		this.world.settle();
		this.world.pass(SOON);
		assertThat(decided(this.world.live)).isEmpty();
		assertThat(decided(this.world.bulk)).hasSize(150).doesNotHaveDuplicates();
		assertThat(this.world.events(RunEvent.RunEnded.class)).singleElement().satisfies((ended) -> {
			assertThat(ended.mode()).isEqualTo(RunMode.EVALUATION);
			assertThat(ended.trigger()).isEqualTo(RunTrigger.CONTAINER);
		});
	}

	@Test
	void evaluatesManyMembersStepByStepAndKeepsNoLeaverWaiting() {
		this.world.users(9_000, START, "Gg1");
		this.world.containerChanged(null, ContainerKind.GROUP, "g1");
		this.world.stage(null, "leaver");
		this.world.settle();
		this.world.publishingTakes = Duration.ofMillis(500);
		this.world.pass(SOON);
		assertThat(decided(this.world.bulk)).hasSize(9_000).doesNotHaveDuplicates();
		assertThat(this.world.releasedLive()).containsExactly("a-leaver");
		assertThat(this.world.bulkBeforeRelease()).isBetween(1, this.world.bulk.size() / 2);
	}

	/** Groups come before users: normally nobody misses one. */
	@Test
	void evaluatesAtTheEndOfAReadingWhoIsInAContainerThatAnybodyMissed() {
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.ACTIVATION);
		this.world.user("u1", START, "Gg1", "Gg2");
		this.world.containerChanged(run, ContainerKind.GROUP, "g2");
		this.world.user("u2", START, "Gg1");
		this.world.settle();
		this.world.pass(Duration.ofMinutes(1));
		assertThat(decided(this.world.bulk)).isEmpty();
		this.world.read(run, RunMode.FULL, 0);
		this.world.settle();
		assertThat(decided(this.world.bulk)).containsExactly("u1");
		assertThat(this.world.live).isEmpty();
		assertThat(this.world.events(RunEvent.RunEnded.class)).hasSize(1);
	}

	@Test
	void evaluatesAloneWhatAnAbandonedReadingChanged() {
		this.world.user("u1", START, "Gg1");
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.ACTIVATION);
		this.world.containerChanged(run, ContainerKind.GROUP, "g1");
		this.world.settle();
		this.world.reading("r2", RunMode.FULL, RunTrigger.ACTIVATION);
		this.world.settle();
		this.world.pass(SOON);
		assertThat(decided(this.world.live)).containsExactly("u1");
	}

	@Test
	void decidesNobodyOfAConnectionThatIsNotActive() {
		this.world.user("u1", START, "Gg1");
		this.world.status(ConnectionStatus.READY);
		this.world.containerChanged(null, ContainerKind.GROUP, "g1");
		this.world.settle();
		this.world.pass(Duration.ofMinutes(1));
		assertThat(this.world.live).isEmpty();
		assertThat(this.world.count("toDecide")).isZero();
	}

	@Test
	void statesAreSaidAgainAMinuteAfterTheWriterChanged() {
		this.world.tell(new Progress.WriterChanged(ACME, C1, new ObjectId("u1"), this.world.now));
		this.world.settle();
		this.world.now = this.world.now.plusSeconds(30);
		this.world.tell(new Progress.WriterChanged(ACME, C1, new ObjectId("u2"), this.world.now));
		this.world.settle();
		this.world.pass(Duration.ofSeconds(29));
		assertThat(this.world.live).isEmpty();
		this.world.pass(SOON);
		assertThat(decided(this.world.live)).containsExactly("u1");
		this.world.pass(Duration.ofSeconds(30));
		assertThat(decided(this.world.live)).containsExactly("u1", "u2");
		assertThat(((DecisionsRequested) this.world.live.getFirst()).why()).isEqualTo(DecisionsRequested.Why.RESTATE);
	}

	/** F15: it is tried again with growing pauses, and begins anew when it works. */
	@Test
	void takesAConnectionBackWhenAProbeSucceeds() {
		this.world.user("u1", START);
		RunId run = this.world.reading("r1", RunMode.FULL, RunTrigger.SCHEDULE);
		this.world.passingOver = true;
		this.world.setAside(BROKEN);
		assertThat(this.world.ports.connections().find(C1).setAside()).isTrue();
		assertThat(this.world.events(RunEvent.ConnectionSetAside.class)).hasSize(1);
		this.world.pass(Duration.ofMinutes(4));
		assertThat(this.world.bulk).isEmpty();
		this.world.pass(Duration.ofMinutes(1));
		assertThat(this.world.ports.connections().find(C1).setAside()).isFalse();
		assertThat(decided(this.world.bulk)).containsExactly("u1");
		// It still fails: the next try comes after a longer pause, and nobody is told.
		this.world.setAside(BROKEN);
		assertThat(this.world.ports.connections().find(C1).setAside()).isTrue();
		this.world.bulk.clear();
		this.world.pass(Duration.ofMinutes(9));
		assertThat(this.world.bulk).isEmpty();
		this.world.passingOver = false;
		this.world.restart();
		this.world.applyFromHere();
		this.world.pass(Duration.ofMinutes(1));
		assertThat(this.world.events(RunEvent.ConnectionSetAside.class)).hasSize(1);
		assertThat(this.world.events(RunEvent.ConnectionTakenBack.class)).isEmpty();
		assertThat(this.world.events(Hint.ResyncRequested.class)).hasSize(1);
		assertThat(this.world.events(RunEvent.RunEnded.class)).singleElement()
			.satisfies((ended) -> assertThat(ended.run()).isEqualTo(run));
		assertThat(this.world.ports.runs().open(C1)).isEmpty();
		this.world.read(this.world.reading("r2", RunMode.FULL, RunTrigger.RESYNC), RunMode.FULL, 1);
		this.world.settle();
		assertThat(this.world.events(RunEvent.ConnectionTakenBack.class)).hasSize(1);
	}

	/** What is applied behind the end of a run is told to nobody. */
	@Test
	void aRunThatIsSetAsideEndsBehindWhatIsAppliedOfItAfterTheTakingBack() {
		this.world.user("u1", START);
		RunId run = this.world.reading("r1", RunMode.DELTA, RunTrigger.SCHEDULE);
		this.world.ended(run, RunMode.DELTA, null);
		this.world.setAside(BROKEN);
		assertThat(this.world.events(RunEvent.RunEnded.class)).isEmpty();
		this.world.now = this.world.now.plus(Duration.ofMinutes(5));
		this.world.coordinate();
		// Its backlog is applied before the probe, and before the new markers.
		this.world.tell(new Progress.RecordsApplied(ACME, C1, run, RunMode.DELTA, RunPhase.READ, Topics.OBSERVATIONS, 3,
				1, 2, new Tally(Map.of(Tally.Kind.ACCOUNT_UPDATED, 2L), Map.of())));
		this.world.settle();
		assertThat(this.world.events(RunEvent.RunEnded.class)).singleElement().satisfies((ended) -> {
			assertThat(ended.run()).isEqualTo(run);
			assertThat(ended.outcome()).isEqualTo(RunEvent.Outcome.ABANDONED);
			assertThat(ended.applied().count(Tally.Kind.ACCOUNT_UPDATED)).isEqualTo(2);
		});
	}

	/** A leaver whom apply passed over would keep access. */
	@Test
	void everybodyIsDecidedAgainOnceAfterATakingBackAndWhenWhatWasToldIsLost() {
		for (int i = 0; i < 3; i++) {
			this.world.user("u" + i, START);
		}
		this.world.setAside(BROKEN);
		this.world.pass(Duration.ofMinutes(5));
		this.world.bulk.clear();
		this.world.applyFromHere();
		this.world.reading("r1", RunMode.FULL, RunTrigger.RESYNC);
		this.world.settle();
		assertThat(decided(this.world.bulk)).containsExactlyInAnyOrder("u0", "u1", "u2");
		assertThat(this.world.events(RunEvent.RunEnded.class)).extracting(RunEvent.RunEnded::mode)
			.containsExactly(RunMode.RULES);
		this.world.bulk.clear();
		this.world.applyFromHere();
		this.world.lose();
		this.world.settle();
		this.world.reading("r2", RunMode.FULL, RunTrigger.RESYNC);
		this.world.settle();
		assertThat(decided(this.world.bulk)).containsExactlyInAnyOrder("u0", "u1", "u2");
	}

	/** What was lost may have been records of the run that decides everybody. */
	@Test
	void decidesEverybodyAgainWhenTheRunThatDoesIsLost() {
		this.world.user("u1", START);
		this.world.tell(new Progress.RulesChanged(ACME, C1, 2, "ada", null, this.world.now));
		this.world.coordinate();
		this.world.bulk.clear();
		this.world.applyFromHere();
		this.world.reading("r1", RunMode.FULL, RunTrigger.RESYNC);
		this.world.settle();
		assertThat(decided(this.world.bulk)).containsExactly("u1");
	}

	/** The probe is applied, but a record of the FULL run behind it fails each time. */
	@Test
	void waitsLongerEachTimeThatAFullRunFailsAfterATakingBack() {
		this.world.user("u1", START);
		for (int minutes : List.of(5, 10, 20, 40, 60, 60)) {
			this.world.setAside(BROKEN);
			this.world.pass(Duration.ofMinutes(minutes - 1));
			assertThat(this.world.ports.connections().find(C1).setAside()).isTrue();
			this.world.pass(Duration.ofMinutes(1));
			assertThat(this.world.ports.connections().find(C1).setAside()).isFalse();
			this.world.reading("r" + this.world.now.getEpochSecond(), RunMode.FULL, RunTrigger.RESYNC);
			this.world.settle();
		}
		assertThat(this.world.events(RunEvent.ConnectionSetAside.class)).hasSize(1);
		assertThat(this.world.events(RunEvent.ConnectionTakenBack.class)).isEmpty();
	}

	@Test
	void goesOnAfterAnError() throws InterruptedException {
		CountDownLatch claims = new CountDownLatch(2);
		Coordinations failing = (Coordinations) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Coordinations.class }, (proxy, method, args) -> {
					if (method.getName().equals("claim")) {
						claims.countDown();
						throw new NoClassDefFoundError("a broken deployment");
					}
					return method.invoke(this.world.ports.coordinations(), args);
				});
		Ports of = this.world.ports;
		ConnectionLoop loop = new ConnectionLoop(new Ports(failing, of.runs(), of.entries(), of.toDecide(),
				of.directory(), of.nestings(), of.connections(), of.outbound(), of.clock()), CoordinateWorld.KNOWN);
		Thread thread = loop.start();
		assertThat(claims.await(20, TimeUnit.SECONDS)).isTrue();
		loop.stop();
		assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
	}

	@RepeatedTest(8)
	void evaluatesTheSameHoweverOftenItIsKilled(RepetitionInfo repetition) {
		long seed = 4_000 + repetition.getCurrentRepetition();
		try (CoordinateWorld killed = new CoordinateWorld(seed, 4).active()) {
			for (int i = 0; i < 130; i++) {
				killed.user("u" + i, START, "Gg" + (i % 5));
			}
			killed.kills = 15;
			for (int i = 0; i < 5; i++) {
				killed.containerChanged(null, ContainerKind.GROUP, "g" + i);
			}
			killed.settle();
			killed.pass(SOON);
			assertThat(Set.copyOf(decided(killed.bulk))).as("seed %d", seed).hasSize(130);
			assertThat(killed.events(RunEvent.RunEnded.class)).as("seed %d", seed).hasSize(1);
			assertThat(killed.ports.runs().open(C1)).as("seed %d", seed).isEmpty();
			assertThat(killed.count("toDecide")).as("seed %d", seed).isZero();
		}
	}

}
