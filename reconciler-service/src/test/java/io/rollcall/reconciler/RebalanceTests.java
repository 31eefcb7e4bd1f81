package io.rollcall.reconciler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Change.AccountCreated;
import io.rollcall.model.change.Change.MemberAdded;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent.RunCompleted;
import io.rollcall.model.state.State.AccountState;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.Stored;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two reconcilers share the partitions, and one comes and one leaves in the middle of a
 * FULL run.
 */
class RebalanceTests {

	private static final int USERS = 4_000;

	private static final String POLLED = "--spring.cloud.stream.kafka.bindings.observations-in-0.consumer.configuration.max.poll.records=";

	@Test
	void theRunEndsTheSameWhoeverAppliesIt() {
		String database = RealServices.freshMongoDatabase("rebalance-tests");
		List<RunningReconciler> running = new ArrayList<>();
		try (PrivateKafka kafka = PrivateKafka.start();
				MongoPorts ports = MongoPorts.at(RealServices.mongoUri(), database)) {
			CountDownLatch shared = new CountDownLatch(1);
			RunningReconciler first = start(kafka, database, running, (step) -> waitBriefly(step, shared), POLLED + 10);
			// Topics that were made a moment ago may have no leader yet.
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> first.rest().get("/actuator/health/readiness").status() == 200);
			try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS);
					Topic changes = new Topic(kafka.bootstrapServers(), Topics.CHANGES);
					Topic accounts = new Topic(kafka.bootstrapServers(), Topics.ACCOUNTS)) {
				FullRun everybody = new FullRun("shared", 1).group("g0", "Group 0");
				for (int i = 0; i < USERS; i++) {
					everybody.user("u" + i, "User " + i).member("u" + i, "g0");
				}
				RunId run = everybody.publish(first);
				start(kafka, database, running, (step) -> countDown(step, shared), POLLED + 500);
				assertThat(await(shared)).as("the second one took over partitions in the middle of the run").isTrue();
				running.remove(first);
				first.close();
				RunCompleted completed = KillsTests.completed(runs, run);
				assertThat(completed.applied().created()).isEqualTo(USERS);
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(once(changes)).isEqualTo(Map.of(AccountCreated.class, USERS,
							MemberAdded.class, USERS, Change.TeamCreated.class, 1)));
				List<Stored<Account>> stored = ports.allAccounts(everybody.organization());
				assertThat(stored).hasSize(USERS)
					.allSatisfy((account) -> assertThat(account.document().memberships()).hasSize(1));
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(accounts.latest().values()).hasSize(USERS)
						.allSatisfy((state) -> assertThat(((AccountState) state.event()).teams()).hasSize(1)));
			}
		}
		finally {
			running.forEach(RunningReconciler::close);
		}
	}

	private static RunningReconciler start(PrivateKafka kafka, String database, List<RunningReconciler> running,
			CrashPoints steps, String setting) {
		RunningReconciler reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				database, steps, setting);
		running.add(reconciler);
		return reconciler;
	}

	/**
	 * Holds the first one back to a poll a second, so that the run is still under way
	 * when the second one is there. A rebalance waits for whoever is held, so not for
	 * longer.
	 */
	private static void waitBriefly(CrashPoints.Step step, CountDownLatch shared) {
		if (step == CrashPoints.Step.FACTS) {
			try {
				shared.await(1, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * The projection, which shares the steps, may begin before any partition of the run
	 * has moved.
	 */
	private static void countDown(CrashPoints.Step step, CountDownLatch shared) {
		if (step == CrashPoints.Step.FACTS) {
			shared.countDown();
		}
	}

	private static boolean await(CountDownLatch shared) {
		try {
			return shared.await(90, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** How many changes of each kind a consumer sees that dedupes by id. */
	private static Map<Class<?>, Integer> once(Topic changes) {
		Map<String, Envelope<?>> byId = new HashMap<>();
		changes.events().forEach((envelope) -> byId.put(envelope.id(), envelope));
		Map<Class<?>, Integer> counts = new HashMap<>();
		byId.values().forEach((envelope) -> counts.merge(envelope.event().getClass(), 1, Integer::sum));
		return counts;
	}

}
