package io.rollcall.reconciler.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.reconciler.flow.CrashPoints.Step;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.Staged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two partitions apply a batch each. One stops after each of its steps in turn while the
 * other goes on to each of its own, then both finish: the end is always the same, because
 * facts and wants are written before those of others are read.
 */
class InterleavingsTests {

	private static final List<Step> STEPS = List.of(Step.FACTS, Step.EVALUATIONS, Step.ACCOUNTS, Step.PUBLISH,
			Step.REQUESTS, Step.COMMIT);

	private static final AtomicInteger TENANTS = new AtomicInteger();

	private static MongoPorts ports;

	private static Storage storage;

	@BeforeAll
	static void start() {
		ports = MongoPorts.fresh().onThreadsThatMayWait();
		storage = ports.storage();
	}

	@AfterAll
	static void stop() {
		ports.close();
	}

	static Stream<Story> stories() {
		return Stream.of(
				new Story("U joins G while G is created", (tenant) -> tenant.settles(ada(tenant)),
						(tenant) -> List.of(tenant.member("ada", "crew", true)),
						(tenant) -> List.of(tenant.group("crew", "Crew")), Map.of("ada", "Ada a@x.org [Crew]")),
				new Story("U gets attributes while G is created",
						(tenant) -> tenant.settles(tenant.member("ada", "crew", true)),
						(tenant) -> List.of(ada(tenant)), (tenant) -> List.of(tenant.group("crew", "Crew")),
						Map.of("ada", "Ada a@x.org [Crew]")),
				new Story("U joins G while G is deleted",
						(tenant) -> tenant.settles(ada(tenant), tenant.group("crew", "Crew")),
						(tenant) -> List.of(tenant.member("ada", "crew", true)),
						(tenant) -> List.of(tenant.removed("crew", ObjectKind.GROUP)), Map.of("ada", "Ada a@x.org []")),
				new Story("two new people with one address", (tenant) -> {
				}, (tenant) -> List.of(ada(tenant)), (tenant) -> List.of(tenant.person("crew", "Bob", "a@x.org")),
						Map.of()),
				new Story("two people swap their addresses",
						(tenant) -> tenant.settles(ada(tenant), tenant.person("crew", "Bob", "b@x.org")),
						(tenant) -> List.of(tenant.person("ada", "Ada", "b@x.org")),
						(tenant) -> List.of(tenant.person("crew", "Bob", "a@x.org")),
						Map.of("ada", "Ada b@x.org []", "crew", "Bob a@x.org []")),
				new Story("one takes the address the other leaves",
						(tenant) -> tenant.settles(ada(tenant), tenant.person("crew", "Bob", "b@x.org")),
						(tenant) -> List.of(tenant.person("ada", "Ada", "c@x.org")),
						(tenant) -> List.of(tenant.person("crew", "Bob", "a@x.org")),
						Map.of("ada", "Ada c@x.org []", "crew", "Bob a@x.org []")),
				new Story("a rehire arrives while the old object goes", (tenant) -> tenant.settles(ada(tenant)),
						(tenant) -> List.of(tenant.removed("ada", ObjectKind.USER)),
						(tenant) -> List.of(tenant.person("crew", "Ada", "a@x.org")),
						Map.of("crew", "Ada a@x.org []")));
	}

	private static Observation ada(Tenant tenant) {
		return tenant.person("ada", "Ada", "a@x.org");
	}

	@ParameterizedTest
	@MethodSource("stories")
	void endsTheSameHoweverTwoPartitionsInterleave(Story story) {
		for (Step first : STEPS) {
			for (Step second : STEPS) {
				Tenant tenant = new Tenant(ports, storage, "i" + TENANTS.incrementAndGet());
				story.before.accept(tenant);
				tenant.says(story.one.of(tenant).toArray(Observation[]::new));
				tenant.says(story.other.of(tenant).toArray(Observation[]::new));
				assertThat(tenant.log.waiting()).as("the two objects are on two partitions").hasSize(2);
				interleave(tenant, new Stop(first), new Stop(second));
				tenant.settles().releases().releases();
				assertOutcome(tenant, story, first, second);
			}
		}
	}

	/**
	 * One stops after its step; the other stops after its own; one ends, the other ends.
	 */
	private static void interleave(Tenant tenant, Stop first, Stop second) {
		Batch one = tenant.log.poll(List.of(Log.partitionOf(tenant.key("ada").toString())), 100);
		Batch other = tenant.log.poll(List.of(Log.partitionOf(tenant.key("crew").toString())), 100);
		CompletableFuture<Void> doingOne = start(tenant, one, first);
		first.reached(doingOne);
		CompletableFuture<Void> doingOther = start(tenant, other, second);
		second.reached(doingOther);
		first.goOn();
		join(tenant, one, doingOne);
		second.goOn();
		join(tenant, other, doingOther);
	}

	private static CompletableFuture<Void> start(Tenant tenant, Batch batch, Stop stop) {
		return tenant.reconciling(stop::at).apply(batch).subscribeOn(Schedulers.boundedElastic()).toFuture();
	}

	private static void join(Tenant tenant, Batch batch, CompletableFuture<Void> doing) {
		if (doing.handle((done, failure) -> failure == null).orTimeout(20, TimeUnit.SECONDS).join()) {
			tenant.log.commit(batch);
		}
	}

	private static void assertOutcome(Tenant tenant, Story story, Step first, Step second) {
		List<Account> active = tenant.accounts()
			.stream()
			.filter((account) -> account.status() == AccountStatus.ACTIVE)
			.toList();
		if (story.outcome.isEmpty()) {
			assertThat(active).as("%s, %s, %s", story, first, second).hasSize(1);
		}
		story.outcome.forEach((object, text) -> {
			Account account = tenant.account(object);
			assertThat(account.name() + " " + account.emailKey() + " " + tenant.teamsOf(object))
				.as("%s, %s, %s: %s", story, first, second, account)
				.isEqualTo(text);
			assertThat(account.held()).isNull();
			assertThat(account.staged()).isEqualTo(Staged.NOTHING);
		});
		ChangeLogReplay.assertTellsWhatIsStored(tenant, true);
	}

	/** What is before, what each partition is told, and what must come of it. */
	record Story(String name, Consumer<Tenant> before, Telling one, Telling other, Map<String, String> outcome) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	private interface Telling {

		List<Observation> of(Tenant tenant);

	}

	/** Where one batch stops until it is told to go on. */
	private static final class Stop {

		private final Step after;

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private Stop(Step after) {
			this.after = after;
		}

		private void at(Step step) {
			if (step == this.after && this.reached.getCount() > 0) {
				this.reached.countDown();
				try {
					if (!this.goOn.await(20, TimeUnit.SECONDS)) {
						throw new AssertionError("nobody said to go on");
					}
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

		private void reached(CompletableFuture<Void> doing) {
			try {
				while (!this.reached.await(Duration.ofMillis(5).toMillis(), TimeUnit.MILLISECONDS)) {
					if (doing.isDone()) {
						return;
					}
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void goOn() {
			this.reached.countDown();
			this.goOn.countDown();
		}

	}

}
