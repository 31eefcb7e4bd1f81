package io.rollcall.connector.flow.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Tenants.Found;
import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.connector.flow.Tenants.Related;
import io.rollcall.connector.flow.WantedObjects.Wanted;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.SyncState.Failing;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The owner of a connection, in moments that no scenario can bring about. */
@Timeout(60)
class ConnectionLoopTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final LoopScene scene = new LoopScene();

	private final Connection active = LoopScene.connection(ConnectionStatus.ACTIVE, 0);

	private final ConnectionLoop loop = this.scene.loop(this.active);

	@AfterEach
	void stop() {
		this.loop.stop();
	}

	/** Otherwise the coordinator would decide for a connection that is paused. */
	@Test
	void doesNotTellThatAConnectionIsActiveThatWasPausedBeforeItsLoopBegan() {
		this.scene.stored = LoopScene.connection(ConnectionStatus.PAUSED, 10);
		this.loop.run();
		assertThat(this.scene.statuses()).doesNotContain(ConnectionStatus.ACTIVE);
		assertThat(this.scene.pages).isEmpty();
	}

	@Test
	void tellsSinceWhenAConnectionIsAsItIsAndAtLastThatItIsPaused() throws InterruptedException {
		Thread thread = Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> !this.scene.pages.isEmpty());
		Connection paused = LoopScene.connection(ConnectionStatus.PAUSED, 10);
		this.scene.stored = paused;
		this.loop.touch();
		assertThat(thread.join(LONG)).isTrue();
		assertThat(this.scene.statuses()).containsExactly(ConnectionStatus.ACTIVE, ConnectionStatus.PAUSED);
		assertThat(this.scene.told).filteredOn(Progress.ConnectionChanged.class::isInstance)
			.extracting((event) -> ((Progress.ConnectionChanged) event).at())
			.containsExactly(this.active.updatedAt(), paused.updatedAt());
	}

	/** An outage of Kafka: the page is the same each time, and has not been taken. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void takesAPageForNoRepetitionThatCouldNotBePublished(boolean live) {
		this.scene.states.state = this.scene.states.state.at(live ? LoopScene.alive() : Position.START);
		this.scene.answering = (link) -> "more".equals(link) ? new Page(List.of(), 0, null, "delta")
				: new Page(List.of(new Cell.ObjectGone(0, new ObjectId("ada"), ObjectKind.USER, Removal.RESTORABLE)), 0,
						"more", null);
		AtomicInteger failures = new AtomicInteger();
		this.scene.publishing = () -> {
			if (failures.incrementAndGet() < 8) {
				throw new IllegalStateException("Kafka is away");
			}
		};
		Thread.ofVirtual().start(this.loop);
		if (live) {
			await().atMost(LONG).until(() -> this.scene.pages.size() > 20);
			assertThat(this.scene.told).noneMatch(Progress.ReadingStarted.class::isInstance);
		}
		else {
			await().atMost(LONG).until(() -> !ended().isEmpty());
			assertThat(ended().getFirst().abandoned()).isNull();
		}
	}

	/** What comes later comes live. */
	@Test
	void endsARunAfterEightRoundsWhereSomethingChangesAllTheTime() {
		this.scene.states.state = this.scene.states.state.at(Position.START);
		this.scene.answering = (_) -> new Page(
				List.of(new Cell.ObjectGone(0, new ObjectId("ada"), ObjectKind.USER, Removal.RESTORABLE)), 0, null,
				"delta");
		Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> !ended().isEmpty());
		assertThat(ended().getFirst().abandoned()).isNull();
		assertThat(ended().getFirst().read().pages()).isEqualTo(3 * (1 + 8));
	}

	/** Such as one that is too large for a record. */
	@Test
	void readsOnWhileAnObjectCannotBePublishedAndTriesItEverMoreRarely() {
		this.scene.wanted.want(Wanted.now(LoopScene.ID, new ObjectId("ada"), ObjectKind.USER,
				Hint.ObjectWanted.Why.CAME_BACK, null, Instant.EPOCH));
		this.scene.publishing = () -> {
			throw new IllegalStateException("too large");
		};
		Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> this.scene.wanted.later.size() > 2 && this.scene.pages.size() > 2);
		assertThat(this.scene.wanted.later.stream().limit(3)).extracting(Wanted::tries).containsExactly(1, 2, 3);
	}

	/** Its members may be on thousands of pages. */
	@Test
	void goesOnWithItsChainsBetweenThePagesOfAGroupThatIsListed() {
		List<Integer> pages = new CopyOnWriteArrayList<>();
		this.scene.always = Duration.ZERO;
		ConnectionLoop busy = this.scene.loop(this.active);
		this.scene.relating = (link) -> {
			int page = pages.size();
			pages.add(this.scene.pages.size());
			return new Answer.Got<>(new Related(List.of(new Found(new ObjectId("u" + page), ObjectKind.USER)),
					(page < 9) ? "page " + page : null));
		};
		want("staff", ObjectKind.GROUP, Hint.ObjectWanted.Why.CAME_BACK, 0);
		Thread.ofVirtual().start(busy);
		await().atMost(LONG).until(() -> this.scene.wanted.first(LoopScene.ID) == null);
		busy.stop();
		assertThat(pages).hasSize(10).doesNotHaveDuplicates();
		assertThat(this.scene.cells).filteredOn(Cell.EdgeRead.class::isInstance)
			.extracting((cell) -> cell.object().value())
			.containsExactly("u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9");
		assertThat(this.scene.cells).last().isInstanceOf(Cell.MembersListed.class);
	}

	@Test
	void listsAGroupFromItsBeginningWhenAPageOfItFails() {
		AtomicInteger requests = new AtomicInteger();
		this.scene.relating = (link) -> {
			if (requests.incrementAndGet() == 2) {
				return new Answer.Failed<>(
						new Failure.Transient(Problem.Code.GRAPH_FAILED, false, null, "Badly formed token."));
			}
			return new Answer.Got<>(new Related(List.of(), (link == null) ? "more" : null));
		};
		want("staff", ObjectKind.GROUP, Hint.ObjectWanted.Why.CAME_BACK, 0);
		Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> this.scene.cells.stream().anyMatch(Cell.MembersListed.class::isInstance));
		assertThat(requests).hasValue(4);
		assertThat(this.scene.cells).filteredOn(Cell.ObjectRead.class::isInstance).hasSize(2);
	}

	@Test
	void leavesAnObjectToAPersonThatCannotBeReadHoweverOftenItIsTried() {
		want("ada", ObjectKind.USER, Hint.ObjectWanted.Why.CAME_BACK, 299);
		this.scene.publishing = () -> {
			throw new IllegalStateException("too large");
		};
		Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> this.scene.wanted.first(LoopScene.ID) == null);
		assertThat(this.scene.deadLetters.saved).singleElement().satisfies((letter) -> {
			assertThat(letter.problem().parameters().get("detail")).contains("too large");
			assertThat(letter.connection()).isEqualTo(LoopScene.ID);
			assertThat(EventFormat.read(Hint.class,
					(name) -> letter.headers().containsKey(name)
							? letter.headers().get(name).getBytes(StandardCharsets.UTF_8) : null,
					letter.value()))
				.isInstanceOfSatisfying(EventFormat.Reading.Known.class,
						(known) -> assertThat(known.envelope().event()).isInstanceOfSatisfying(Hint.ObjectWanted.class,
								(wish) -> assertThat(wish.object().value()).isEqualTo("ada")));
		});
	}

	@Test
	void leavesAnObjectToAPersonThatGraphGivesThinHoweverItIsAsked() {
		this.scene.attributes = new Attributes(Map.of("mail", "ada@acme.example"));
		want("ada", ObjectKind.USER, Hint.ObjectWanted.Why.THIN, 0);
		Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> this.scene.wanted.first(LoopScene.ID) == null);
		assertThat(this.scene.deadLetters.saved).singleElement()
			.satisfies(
					(letter) -> assertThat(letter.problem().parameters().get("detail")).contains("without its name"));
		assertThat(this.scene.cells).isEmpty();
	}

	private void want(String object, ObjectKind kind, Hint.ObjectWanted.Why why, int tries) {
		this.scene.wanted.want(
				new Wanted(LoopScene.ID, new ObjectId(object), kind, why, null, Instant.EPOCH, false, tries, null, 0));
	}

	/** The rules that needed another attribute may have been taken back meanwhile. */
	@Test
	void tellsThatItWorksWhenTheFullRunThatFailedIsNotWantedAnyMore() {
		Problem problem = new Problem(Problem.Code.PERMISSION_MISSING, Map.of(), true);
		this.scene.states.state = this.scene.states.state
			.at(LoopScene.alive().withFailing(new Failing("FULL", problem, Instant.EPOCH)));
		Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> this.scene.states.state.position().failing() == null);
		assertThat(this.scene.told).filteredOn(RunEvent.ConnectionRecovered.class::isInstance).hasSize(1);
		assertThat(this.scene.pages).isNotEmpty();
	}

	@Test
	void endsWhenAnotherOwnerHasClaimedTheConnection() throws InterruptedException {
		Thread thread = Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> !this.scene.pages.isEmpty());
		this.scene.states.claimedByAnother = true;
		this.loop.wake();
		assertThat(thread.join(LONG)).isTrue();
	}

	@Test
	void goesOnAfterAnErrorThatIsNoException() {
		AtomicInteger claims = new AtomicInteger();
		this.scene.states.claiming = () -> failTwice(claims);
		Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> !this.scene.pages.isEmpty());
		assertThat(claims).hasValue(3);
	}

	/** Otherwise nobody else of this instance gets its place for a FULL run. */
	@Test
	void givesThePlaceOfAFullRunBackHoweverItEnds() {
		this.scene.fullRuns.enter(LoopScene.ID, 0, () -> {
		});
		this.scene.jitter = () -> {
			throw new NoClassDefFoundError("jitter");
		};
		this.scene.states.claiming = () -> {
			throw new IllegalStateException("The database is away");
		};
		assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(this.loop::run);
		assertThat(this.scene.fullRuns.enter(new ConnectionId("other"), 0, () -> {
		})).isTrue();
	}

	@Test
	void looksForConnectionsAndKeepsSubscriptionsAfterErrorsThatAreNoExceptions() {
		AtomicInteger looks = new AtomicInteger();
		AtomicInteger steps = new AtomicInteger();
		this.scene.finding = () -> failTwice(looks);
		this.scene.ensuring = () -> failTwice(steps);
		Ownership ownership = this.scene.ownership();
		try {
			ownership.assigned(List.of(0));
			await().atMost(LONG).until(() -> !this.scene.pages.isEmpty());
			await().atMost(LONG).until(() -> steps.get() > 2);
		}
		finally {
			ownership.stopAll();
		}
	}

	private static void failTwice(AtomicInteger calls) {
		if (calls.incrementAndGet() <= 2) {
			throw new NoClassDefFoundError("part");
		}
	}

	private List<Progress.ReadingEnded> ended() {
		return this.scene.told.stream()
			.filter(Progress.ReadingEnded.class::isInstance)
			.map(Progress.ReadingEnded.class::cast)
			.toList();
	}

}
