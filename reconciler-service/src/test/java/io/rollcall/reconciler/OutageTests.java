package io.rollcall.reconciler;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent.RunCompleted;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.PrivateMongo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The brokers or the database go away in the middle of a FULL run: the service says so,
 * goes on by itself when they are back, and ends the same.
 */
class OutageTests {

	private static final int USERS = 500;

	private static final Duration LONG = Duration.ofSeconds(120);

	private final CountDownLatch inTheMiddle = new CountDownLatch(1);

	private final CountDownLatch away = new CountDownLatch(1);

	@Test
	void aRunEndsTheSameWhenTheBrokersWereAway() {
		try (PrivateKafka kafka = PrivateKafka.start();
				PrivateMongo mongo = PrivateMongo.start();
				RunningReconciler reconciler = start(kafka, mongo)) {
			outage(kafka, reconciler, kafka::stop, kafka::startAgain, "kafka", "ROLLCALL_KAFKA_BROKERS");
		}
	}

	@Test
	void aRunEndsTheSameWhenTheDatabaseWasAway() {
		try (PrivateKafka kafka = PrivateKafka.start();
				PrivateMongo mongo = PrivateMongo.start();
				RunningReconciler reconciler = start(kafka, mongo)) {
			outage(kafka, reconciler, mongo::stop, mongo::startAgain, "mongo", "Mongo");
		}
	}

	private void outage(PrivateKafka kafka, RunningReconciler reconciler, Runnable stop, Runnable startAgain,
			String component, String named) {
		ready(reconciler);
		FullRun everybody = new FullRun("away", 1).group("g0", "Group 0");
		for (int i = 0; i < USERS; i++) {
			everybody.user("u" + i, "User " + i).member("u" + i, "g0");
		}
		RunId run = everybody.publish(reconciler);
		assertThat(await(this.inTheMiddle)).as("the run is being applied").isTrue();
		stop.run();
		this.away.countDown();
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			Rest.Answer readiness = reconciler.rest().get("/actuator/health/readiness");
			assertThat(readiness.status()).isEqualTo(503);
			assertThat(readiness.body().get("components").get(component).get("status").asString()).isEqualTo("DOWN");
			assertThat(readiness.body().get("components").get(component).toString()).contains(named);
		});
		startAgain.run();
		ready(reconciler);
		try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS);
				Topic changes = new Topic(kafka.bootstrapServers(), Topics.CHANGES);
				Topic accounts = new Topic(kafka.bootstrapServers(), Topics.ACCOUNTS)) {
			RunCompleted completed = KillsTests.completed(runs, run);
			assertThat(completed.applied().created()).isEqualTo(USERS);
			assertThat(completed.applied().joined()).isEqualTo(USERS);
			Awaitility.await()
				.atMost(LONG)
				.untilAsserted(() -> assertThat(once(changes))
					.isEqualTo(Map.of("AccountCreated", USERS, "MemberAdded", USERS, "TeamCreated", 1)));
			Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(accounts.latest()).hasSize(USERS));
		}
	}

	private RunningReconciler start(PrivateKafka kafka, PrivateMongo mongo) {
		return RunningReconciler.start(kafka.bootstrapServers(), mongo.uri(), "outage-tests", this::holdUp,
				"--rollcall.mongodb.answer-within=500ms");
	}

	/** Holds the run until what it needs is away. */
	private void holdUp(CrashPoints.Step step) {
		if (step == CrashPoints.Step.ACCOUNTS) {
			this.inTheMiddle.countDown();
			await(this.away);
		}
	}

	private static void ready(RunningReconciler reconciler) {
		Awaitility.await()
			.atMost(LONG)
			.until(() -> reconciler.rest().get("/actuator/health/readiness").status() == 200);
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** How many changes of each kind a consumer sees that dedupes by id. */
	private static Map<String, Integer> once(Topic changes) {
		Map<String, Change> byId = new TreeMap<>();
		changes.events().forEach((envelope) -> byId.put(envelope.id(), (Change) envelope.event()));
		Map<String, Integer> counts = new TreeMap<>();
		byId.values().forEach((change) -> counts.merge(change.getClass().getSimpleName(), 1, Integer::sum));
		return counts;
	}

}
