package io.rollcall.reconciler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.rollcall.model.change.Tally;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.Kills;
import io.rollcall.reconciler.mongo.MongoPorts;
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

	private static final int GROUPS = 5;

	private static final int PAGE = 20;

	private static final int AFTERWARDS = 10;

	@Test
	void theRunEndsTheSameWhoeverAppliesIt() {
		String database = RealServices.freshMongoDatabase("rebalance-tests");
		AtomicInteger byFirst = new AtomicInteger();
		AtomicInteger bySecond = new AtomicInteger();
		try (PrivateKafka kafka = PrivateKafka.start();
				MongoPorts ports = MongoPorts.at(RealServices.mongoUri(), database);
				Contoso tenant = new Contoso(kafka.bootstrapServers(), "rebalanced");
				RunningReconciler first = start(kafka, database, byFirst);
				Readers readers = new Readers(kafka.bootstrapServers(), ports, tenant)) {
			readers.activated();
			for (int i = 0; i < GROUPS; i++) {
				tenant.group("g" + i, "Group " + i);
			}
			Pages pages = new Pages(tenant);
			Thread reading = Thread.ofVirtual().start(pages);
			awaitWrites(byFirst, 1);
			try (RunningReconciler second = start(kafka, database, bySecond)) {
				awaitWrites(bySecond, 1);
				int before = byFirst.get();
				awaitWrites(byFirst, before + 1);
				first.close();
				awaitWrites(bySecond, bySecond.get() + AFTERWARDS);
				pages.ends();
				join(reading);
				RunEvent.RunEnded ended = readers.ended(pages.run.id);
				assertThat(ended.outcome()).isEqualTo(RunEvent.Outcome.COMPLETED);
				assertThat(ended.problem()).isNull();
				assertThat(ended.applied().count(Tally.Kind.ACCOUNT_CREATED))
					.isGreaterThanOrEqualTo(tenant.people.size())
					.satisfies((count) -> assertThat(ended.about() || count == tenant.people.size()).isTrue());
				readers.awaitTruth();
				assertThat(readers.ends(pages.run.id)).hasSize(1);
				assertThat(second.isReady()).isTrue();
			}
		}
	}

	/** Counts writes of accounts. */
	private static RunningReconciler start(PrivateKafka kafka, String database, AtomicInteger writes) {
		return RunningReconciler.wrapped(kafka.bootstrapServers(), RealServices.mongoUri(), database,
				RunningReconciler.with((step) -> {
					if (step == Kills.Step.ACCOUNTS) {
						writes.incrementAndGet();
					}
				}));
	}

	private static void awaitWrites(AtomicInteger writes, int count) {
		Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> writes.get() >= count);
	}

	private static void join(Thread reading) {
		try {
			reading.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads a FULL run page by page, a new one every few milliseconds, until it is told
	 * to end.
	 */
	private static final class Pages implements Runnable {

		private final Contoso tenant;

		private final Contoso.FullRun run;

		private volatile boolean ends;

		private Pages(Contoso tenant) {
			this.tenant = tenant;
			this.run = tenant.new FullRun(RunTrigger.SCHEDULE);
		}

		private void ends() {
			this.ends = true;
		}

		@Override
		public void run() {
			this.run.listsGroups();
			for (int next = 0; !this.ends;) {
				List<String> page = new ArrayList<>();
				for (int i = 0; i < PAGE; i++, next++) {
					String object = "u" + next;
					this.tenant.person(object, "User " + next, "g" + next % GROUPS, "g" + (next + 1) % GROUPS);
					page.add(object);
				}
				this.run.lists(page);
				LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
			}
			this.run.ends();
		}

	}

}
