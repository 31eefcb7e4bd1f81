package io.rollcall.reconciler.flow.apply;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested;
import io.rollcall.model.Reason;
import io.rollcall.model.event.Topics;
import io.rollcall.model.TeamId;
import io.rollcall.model.hint.Hint.ObjectWanted;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.apply.Kills.Step;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.Mapping;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Two partitions apply a batch each. One stops after each of its steps in turn while the
 * other goes on to each of its own, then both finish: the end is always the same, because
 * facts and wants are written before those of others are read. And what a kill at the
 * wrong moment must not double or lose.
 */
class InterleavingsTests {

	private static final AtomicInteger TENANTS = new AtomicInteger();

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	static Stream<Story> stories() {
		return Stream.of(
				new Story("U joins G while G is created", (tenant) -> tenant.settles(ada(tenant)),
						(tenant) -> tenant.member("ada", "crew", true), (tenant) -> tenant.group("crew", "Crew"),
						Map.of("ada", "Ada a@x.org [Crew]")),
				new Story("U gets attributes while G is created",
						(tenant) -> tenant.settles(tenant.member("ada", "crew", true)), InterleavingsTests::ada,
						(tenant) -> tenant.group("crew", "Crew"), Map.of("ada", "Ada a@x.org [Crew]")),
				new Story("U joins G while G is deleted",
						(tenant) -> tenant.settles(ada(tenant), tenant.group("crew", "Crew")),
						(tenant) -> tenant.member("ada", "crew", true),
						(tenant) -> tenant.removed("crew", ObjectKind.GROUP), Map.of("ada", "Ada a@x.org []")),
				new Story("two new people with one address", (tenant) -> {
				}, InterleavingsTests::ada, (tenant) -> tenant.person("crew", "Bob", "a@x.org"), Map.of()),
				new Story("two people swap their addresses",
						(tenant) -> tenant.settles(ada(tenant), tenant.person("crew", "Bob", "b@x.org")),
						(tenant) -> tenant.person("ada", "Ada", "b@x.org"),
						(tenant) -> tenant.person("crew", "Bob", "a@x.org"),
						Map.of("ada", "Ada b@x.org []", "crew", "Bob a@x.org []")),
				new Story("one takes the address the other leaves",
						(tenant) -> tenant.settles(ada(tenant), tenant.person("crew", "Bob", "b@x.org")),
						(tenant) -> tenant.person("ada", "Ada", "c@x.org"),
						(tenant) -> tenant.person("crew", "Bob", "a@x.org"),
						Map.of("ada", "Ada c@x.org []", "crew", "Bob a@x.org []")),
				new Story("a rehire arrives while the old object goes", (tenant) -> tenant.settles(ada(tenant)),
						(tenant) -> tenant.removed("ada", ObjectKind.USER),
						(tenant) -> tenant.person("crew", "Ada", "a@x.org"), Map.of("crew", "Ada a@x.org []")));
	}

	private static Cell ada(Tenant tenant) {
		return tenant.person("ada", "Ada", "a@x.org");
	}

	@ParameterizedTest
	@MethodSource("stories")
	void endsTheSameHoweverTwoPartitionsInterleave(Story story) {
		for (Step first : Step.values()) {
			for (Step second : Step.values()) {
				Tenant tenant = twoPartitions("crew");
				story.before.accept(tenant);
				tenant.says(story.one.apply(tenant), story.other.apply(tenant));
				interleave(tenant, new Stop(first), new Stop(second));
				tenant.settles().releases();
				assertOutcome(tenant, story, first, second);
			}
		}
	}

	/** Where {@code ada} and somebody or something else are on different partitions. */
	private static Tenant twoPartitions(String other) {
		for (;;) {
			Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
			if (tenant.partitionOf(tenant.key("ada")) != tenant.partitionOf(tenant.key(other))) {
				return tenant;
			}
		}
	}

	/**
	 * One stops after its step; the other stops after its own; one ends, the other ends.
	 */
	private static void interleave(Tenant tenant, Stop first, Stop second) {
		interleave(tenant, batchOf(tenant, Topics.OBSERVATIONS, "ada"), batchOf(tenant, Topics.OBSERVATIONS, "crew"),
				first, second);
	}

	private static void interleave(Tenant tenant, Batch one, Batch other, Stop first, Stop second) {
		CompletableFuture<Void> doingOne = start(tenant, one, first);
		first.reached(doingOne);
		CompletableFuture<Void> doingOther = start(tenant, other, second);
		second.reached(doingOther);
		first.goOn();
		join(tenant, one, doingOne);
		second.goOn();
		join(tenant, other, doingOther);
	}

	private static Batch batchOf(Tenant tenant, String topic, String object) {
		return tenant.log.poll(List.of(new Log.Place(topic, tenant.partitionOf(tenant.key(object)))), 100);
	}

	@Test
	void ofTheLastTwoOwnersWhoLeaveOnTwoPartitionsOneStays() {
		for (Step first : Step.values()) {
			for (Step second : Step.values()) {
				Tenant tenant = twoPartitions("crew");
				tenant.settles(ada(tenant), tenant.person("crew", "Bob", "b@x.org"));
				tenant.roles(tenant.account("ada"), Account.OWNER)
					.roles(tenant.account("crew"), Account.OWNER)
					.settles(tenant.removed("ada", ObjectKind.USER), tenant.removed("crew", ObjectKind.USER));
				tenant.release();
				interleave(tenant, batchOf(tenant, Topics.SNAPSHOTS, "ada"), batchOf(tenant, Topics.SNAPSHOTS, "crew"),
						new Stop(first), new Stop(second));
				tenant.settles().releases();
				assertThat(tenant.accounts()).as("first stops after %s, second after %s", first, second)
					.filteredOn((account) -> account.status() == Status.ACTIVE)
					.singleElement()
					.satisfies((account) -> assertThat(account.held().code()).isEqualTo(Reason.Code.LAST_OWNER));
				ChangeLog.assertTellsWhatIsStored(tenant, false);
			}
		}
	}

	@Test
	void aPlaceThatIsGivenWhileItsTeamIsArchivedEndsWithTheTeam() {
		for (Step first : Step.values()) {
			for (Step second : Step.values()) {
				Tenant tenant = twoPartitions("crew");
				tenant.settles(ada(tenant), tenant.group("crew", "Crew"));
				tenant.settles(tenant.removed("crew", ObjectKind.GROUP));
				tenant.places(tenant.account("ada"), tenant.team("crew").id(), "COACH");
				tenant.release();
				Batch place = batchOf(tenant, Topics.OBSERVATIONS, "ada");
				Batch archival = batchOf(tenant, Topics.SNAPSHOTS, "crew");
				interleave(tenant, place, archival, new Stop(first), new Stop(second));
				tenant.settles().releases();
				assertThat(tenant.team("crew").status()).isEqualTo(Status.ARCHIVED);
				assertThat(tenant.account("ada").memberships())
					.as("first stops after %s, second after %s", first, second)
					.isEmpty();
				ChangeLog.assertTellsWhatIsStored(tenant, false);
			}
		}
	}

	private static CompletableFuture<Void> start(Tenant tenant, Batch batch, Stop stop) {
		return CompletableFuture.runAsync(() -> tenant.instance(stop).apply(batch),
				(task) -> Thread.ofVirtual().start(task));
	}

	private static void join(Tenant tenant, Batch batch, CompletableFuture<Void> doing) {
		if (doing.handle((done, failure) -> failure == null).orTimeout(20, TimeUnit.SECONDS).join()) {
			tenant.log.commit(batch);
		}
	}

	private static void assertOutcome(Tenant tenant, Story story, Step first, Step second) {
		if (story.outcome.isEmpty()) {
			assertThat(tenant.accounts()).filteredOn((account) -> account.status() == Status.ACTIVE)
				.as("%s, %s, %s", story, first, second)
				.hasSize(1);
		}
		story.outcome.forEach((object, text) -> {
			Account account = tenant.account(object);
			assertThat(account.name() + " " + account.emailKey() + " " + tenant.teamsOf(object))
				.as("%s, %s, %s: %s", story, first, second, account)
				.isEqualTo(text);
			assertThat(account.held()).isNull();
			assertThat(account.staged()).isEqualTo(Account.Staged.NOTHING);
		});
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	// Kills.

	@ParameterizedTest
	@EnumSource(Step.class)
	void aKillAfterAnyStepLosesNothingOfWhatAWriteMakesOthersDo(Step step) {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(tenant.group("crew", "Crew"), ada(tenant), tenant.member("ada", "crew", true));
		tenant.settles(tenant.removed("crew", ObjectKind.GROUP));
		tenant.releases();
		tenant.progress.clear();
		tenant.says(tenant.group("crew", "Crew"));
		killedOnce(tenant, step);
		tenant.settles();
		assertThat(tenant.progress).hasAtLeastOneElementOfType(Progress.ContainersChanged.class);
		assertThat(tenant.wishes).extracting(ObjectWanted::why).contains(ObjectWanted.Why.CAME_BACK);
		assertThat(tenant.teamsOf("ada")).containsExactly("Crew");
		tenant.says(tenant.removed("ada", ObjectKind.USER));
		killedOnce(tenant, step);
		tenant.settles();
		assertThat(tenant.staged).isNotEmpty();
		tenant.releases();
		assertThat(tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@ParameterizedTest
	@EnumSource(Step.class)
	void whatIsCutDifferentlyAfterAKillIsToldOnce(Step step) {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.says(ada(tenant), tenant.person("ada", "Ada L.", "a@x.org"));
		killedOnce(tenant, step);
		List<Log.Place> ada = tenant.log.waiting();
		tenant.step(ada, 1);
		int told = tenant.changes().size();
		tenant.step(ada, 1);
		tenant.settles();
		assertThat(tenant.changes().size()).isBetween(told, 3);
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@Test
	void aPendingChangeOfTheOtherTopicIsToldBeforeItIsWrittenOver() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.lists(tenant.now(), ada(tenant));
		killedOnce(tenant, Step.ACCOUNTS);
		assertThat(tenant.changes()).isEmpty();
		tenant.says(tenant.person("ada", "Ada L.", "a@x.org"));
		tenant.step(tenant.log.waiting().stream().filter((place) -> place.topic().equals(Topics.OBSERVATIONS)).toList(),
				10);
		assertThat(tenant.changes()).hasSize(2);
		tenant.settles();
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@Test
	void commandsAreObeyedOnce() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(ada(tenant));
		tenant.ignores("ada", true);
		tenant.ignores("ada", false);
		Batch both = tenant.log.poll(tenant.log.waiting(), 10);
		tenant.apply.apply(both);
		Batch first = tenant.log.poll(tenant.log.waiting(), 1);
		tenant.apply.apply(first);
		assertThat(tenant.facts("ada").ignored()).isFalse();
		tenant.settles();
		assertThat(tenant.facts("ada").ignored()).isFalse();
	}

	@Test
	void whatAnActStoredIsToldAlsoWhereNoDirectoryUserIsThere() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		Account imported = tenant.imports("old-1", "old@x.org");
		tenant.shapes("t1", "Choir", true);
		killedOnce(tenant, Step.ACCOUNTS);
		tenant.settles().places(imported, new TeamId("t1"), "TENOR").roles(imported, "ADMIN");
		killedOnce(tenant, Step.ACCOUNTS);
		tenant.settles();
		assertThat(tenant.accounts()).singleElement()
			.satisfies((account) -> assertThat(account.fields()).containsEntry("role", "ADMIN"));
		assertThat(tenant.teams()).extracting(Team::name).containsExactly("Choir");
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@Test
	void aCauseOfATopicThatIsGoneCountsAsTold() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(ada(tenant));
		tenant.published.clear();
		Apply afterwards = new Apply(ports.objects(), ports.inputs(), ports.accountsAndTeams(), ports.organizations(),
				tenant, (origin) -> !origin.topic().equals("another id") || tenant.log.isPast(origin),
				InstantSource.system());
		tenant.says(ada(tenant));
		Batch again = tenant.log.poll(tenant.log.waiting(), 10);
		afterwards.apply(again);
		assertThat(tenant.published).isEmpty();
	}

	// Zombies.

	@Test
	void whoeverWakesWithAnOldBatchWritesAndPublishesNothing() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(ada(tenant));
		tenant.says(tenant.person("ada", "Bad", "a@x.org"));
		Batch old = tenant.log.poll(tenant.log.waiting(), 10);
		AtomicBoolean fresh = new AtomicBoolean(true);
		Apply zombie = tenant.instance((step) -> {
			if (step == Step.INPUTS) {
				fresh.set(false);
				tenant.settles(ada(tenant));
			}
		});
		int published = tenant.published.size();
		assertThatThrownBy(() -> zombie.apply(new Batch(old.entries(), fresh::get))).isInstanceOf(Batch.TooOld.class);
		assertThat(tenant.account("ada").name()).isEqualTo("Ada");
		assertThat(tenant.published.size()).isGreaterThanOrEqualTo(published);
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@Test
	void whoeverReadBeforeAnotherWroteDecidesAgain() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(ada(tenant));
		Stamp older = tenant.now();
		tenant.says(Topics.OBSERVATIONS, tenant.observed(older, null, tenant.person("ada", "Older", "a@x.org")));
		Batch old = tenant.log.poll(tenant.log.waiting(), 10);
		List<String> once = new ArrayList<>();
		Apply zombie = tenant.instance((step) -> {
			if (step == Step.INPUTS && once.isEmpty()) {
				once.add("written");
				tenant.settles(tenant.person("ada", "Newer", "a@x.org"));
			}
		});
		zombie.apply(old);
		assertThat(tenant.account("ada").name()).isEqualTo("Newer");
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@Test
	void whoeverDecidesByOldRulesDecidesAgainByTheNew() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "surname", "Byron"));
		tenant.says(tenant.user("ada", "displayName", "Ada L.", "mail", "a@x.org", "surname", "Lovelace"));
		Batch old = tenant.log.poll(tenant.log.waiting(), 10);
		Rules before = Rules.standard();
		Rules after = before.as(before.version() + 1).with(Mapping.of(Map.of("lastName", "surname")));
		List<String> once = new ArrayList<>();
		Apply slow = tenant.instance((step) -> {
			if (step == Step.INPUTS && once.isEmpty()) {
				once.add("published");
				tenant.rules(after);
				tenant.settles();
			}
		});
		slow.apply(old);
		assertThat(tenant.account("ada").rulesVersion()).isEqualTo(after.version());
		assertThat(tenant.account("ada").fields()).containsEntry("lastName", "Lovelace").doesNotContainKey("surname");
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@ParameterizedTest
	@EnumSource(Step.class)
	void thatAnAccountChangedItsWriterIsToldWhereverAKillComes(Step step) {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(ada(tenant));
		tenant.settles(tenant.removed("ada", ObjectKind.USER));
		tenant.releases();
		tenant.says(tenant.person("bea", "Ada", "a@x.org"));
		killedOnce(tenant, step);
		tenant.settles();
		assertThat(tenant.account("bea").id()).isEqualTo(tenant.idOf("ada"));
		assertThat(tenant.progress).filteredOn(Progress.WriterChanged.class::isInstance)
			.extracting((told) -> ((Progress.WriterChanged) told).object().value())
			.isNotEmpty()
			.containsOnly("bea");
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	/** F20: a batch that lost its account publishes what it wrote, last of all. */
	@Test
	void anOldStateThatLandsLastIsSaidAgainByTheNewWriter() {
		Tenant tenant = twoPartitions("eve");
		tenant.settles(ada(tenant));
		tenant.settles(tenant.removed("ada", ObjectKind.USER));
		tenant.release();
		Batch leaves = tenant.log.poll(List.of(new Log.Place(Topics.SNAPSHOTS, tenant.partitionOf(tenant.key("ada")))),
				100);
		Stop beforePublishing = new Stop(Step.ACCOUNTS);
		CompletableFuture<Void> leaving = start(tenant, leaves, beforePublishing);
		beforePublishing.reached(leaving);
		tenant.says(tenant.person("eve", "Ada", "a@x.org"));
		tenant.step(List.of(new Log.Place(Topics.OBSERVATIONS, tenant.partitionOf(tenant.key("eve")))), 100);
		beforePublishing.goOn();
		join(tenant, leaves, leaving);
		Account account = tenant.account("eve");
		String key = account.organization() + ":" + account.id();
		assertThat(account.id()).isEqualTo(tenant.idOf("ada"));
		assertThat(tenant.states.get(key).version()).isLessThan(account.version());
		assertThat(tenant.progress).filteredOn(Progress.WriterChanged.class::isInstance)
			.extracting((told) -> ((Progress.WriterChanged) told).object().value())
			.containsOnly("eve");
		// As the coordinator asks a minute later.
		tenant.decides(DecisionsRequested.Why.RESTATE, "eve");
		tenant.settles();
		assertThat(tenant.states.get(key).version()).isEqualTo(account.version());
		ChangeLog.assertTellsWhatIsStored(tenant, false);
	}

	@Test
	void stagingRaisesTheRevisionAndOnlyAChangeTheVersion() {
		Tenant tenant = new Tenant(ports, "i" + TENANTS.incrementAndGet());
		tenant.settles(ada(tenant));
		tenant.settles(tenant.removed("ada", ObjectKind.USER));
		assertThat(tenant.account("ada")).returns(1L, Account::version).returns(2L, Account::revision);
		tenant.releases();
		assertThat(tenant.account("ada")).returns(2L, Account::version).returns(3L, Account::revision);
		ChangeLog.assertTellsWhatIsStored(tenant, true);
	}

	private static void killedOnce(Tenant tenant, Step step) {
		AtomicBoolean killed = new AtomicBoolean();
		Apply instance = tenant.instance((at) -> {
			if (at == step && killed.compareAndSet(false, true)) {
				throw new Kills.Killed();
			}
		});
		Batch batch = tenant.log.poll(tenant.log.waiting(), 100);
		assertThatThrownBy(() -> instance.apply(batch)).isInstanceOf(Kills.Killed.class);
	}

	/** What is before, what each partition is told, and what must come of it. */
	record Story(String name, Consumer<Tenant> before, Function<Tenant, Cell> one, Function<Tenant, Cell> other,
			Map<String, String> outcome) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** Where one batch stops until it is told to go on. */
	private static final class Stop implements Kills {

		private final Step after;

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private Stop(Step after) {
			this.after = after;
		}

		@Override
		public void at(Step step) {
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
			CompletableFuture.anyOf(doing.handle((done, failure) -> done), CompletableFuture.runAsync(() -> {
				try {
					this.reached.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}, (task) -> Thread.ofVirtual().start(task))).orTimeout(20, TimeUnit.SECONDS).join();
		}

		private void goOn() {
			this.reached.countDown();
			this.goOn.countDown();
		}

	}

}
