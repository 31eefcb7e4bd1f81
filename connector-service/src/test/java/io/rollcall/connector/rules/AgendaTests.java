package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.connector.rules.SyncState.Subscribed;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an owner does next. */
class AgendaTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final Plan PLAN = new Plan(NightlySchedule.DEFAULT, Selection.DEFAULT, true, AskAgain.DEFAULT,
			Duration.ofDays(7), Duration.ofDays(2), Duration.ofHours(1));

	private final Map<Resource, Chain> chains = new EnumMap<>(Resource.class);

	private final Map<Resource, Subscribed> subscriptions = new EnumMap<>(Resource.class);

	private RunInHand delta;

	private RunInHand full;

	private Requested requested;

	private List<SyncState.Person> people = List.of();

	private Instant scheduledAt = NOW.minus(Duration.ofHours(1));

	private Instant fullAt = NOW.minus(Duration.ofDays(1));

	private Patience patience = Patience.NONE;

	private Lane last;

	AgendaTests() {
		Resource.ALL.forEach((resource) -> this.chains.put(resource, new Chain("link", 1, 3, 3, null, NOW)));
		subscribed(NOW.plus(Duration.ofDays(2)), NOW, false);
	}

	@Test
	void subscribesBeforeTheFirstRunSoThatNothingIsMissedMeanwhile() {
		this.chains.clear();
		this.subscriptions.clear();
		assertThat(next()).isEqualTo(new Step.Subscribe(Resource.GROUPS));
		this.patience = this.patience.subscriptionUntil(Resource.GROUPS, NOW.plusSeconds(5));
		assertThat(next()).isEqualTo(new Step.Subscribe(Resource.USERS));
		this.patience = this.patience.subscriptionUntil(Resource.USERS, NOW.plusSeconds(5));
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.FULL, RunTrigger.ACTIVATION, null, Resource.ALL));
	}

	@Test
	void restsUntilAChainIsToBeAskedAgain() {
		assertThat(next()).isEqualTo(new Step.Rest(NOW.plus(Duration.ofMinutes(1))));
		this.chains.put(Resource.USERS, new Chain("link", 1, 3, 3, NOW.minusSeconds(2), NOW.minusSeconds(1)));
		assertThat(next()).isEqualTo(new Step.Rest(NOW.plusSeconds(3)));
	}

	@Test
	void runsAtOnceForAHintAndOnlyTheChainThatIsDirty() {
		this.chains.put(Resource.USERS, new Chain("link", 1, 4, 3, NOW, NOW.minusSeconds(1)));
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.DELTA, RunTrigger.HINT, null, List.of(Resource.USERS)));
	}

	@Test
	void letsHintsThatComeSoonAfterARunShareTheNext() {
		this.chains.put(Resource.USERS, new Chain("link", 1, 4, 3, NOW, NOW.minusMillis(100)));
		assertThat(next()).isEqualTo(new Step.Rest(NOW.plusMillis(150)));
		this.chains.put(Resource.USERS, new Chain("link", 1, 4, 3, NOW, NOW.minusMillis(250)));
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.DELTA, RunTrigger.HINT, null, List.of(Resource.USERS)));
	}

	@Test
	void sleepsOverNoDirtyChainWhereGraphCannotReachTheWebhook() {
		Plan plan = new Plan(PLAN.schedule(), PLAN.selection(), false, PLAN.askAgain(), PLAN.fullEvery(),
				PLAN.subscription(), PLAN.checkEvery());
		this.chains.put(Resource.USERS, new Chain("link", 1, 4, 3, null, NOW.minusMillis(100)));
		assertThat(next(plan)).isEqualTo(new Step.Rest(NOW.plusMillis(150)));
	}

	@Test
	void readsPeopleFirstThenTheLiveChainsThenBulk() {
		this.full = run(RunMode.FULL, Resource.ALL);
		assertThat(next()).isEqualTo(new Step.ReadPage(Lane.BULK, this.full));
		this.delta = run(RunMode.DELTA, List.of(Resource.USERS));
		assertThat(next()).isEqualTo(new Step.ReadPage(Lane.LIVE, this.delta));
		SyncState.Person ada = new SyncState.Person(new ObjectId("ada"), "me", NOW);
		this.people = List.of(ada);
		assertThat(next()).isEqualTo(new Step.ReadPerson(ada));
	}

	@Test
	void doesNotWaitForAPersonWhoCannotBeRead() {
		SyncState.Person ada = new SyncState.Person(new ObjectId("ada"), "me", NOW);
		SyncState.Person grace = new SyncState.Person(new ObjectId("grace"), "me", NOW);
		this.people = List.of(ada, grace);
		this.patience = this.patience.personUntil(ada, NOW.plusSeconds(2));
		assertThat(next()).isEqualTo(new Step.ReadPerson(grace));
		this.people = List.of(ada);
		assertThat(next()).isEqualTo(new Step.Rest(NOW.plusSeconds(2)));
		this.delta = run(RunMode.DELTA, List.of(Resource.USERS));
		assertThat(next()).isEqualTo(new Step.ReadPage(Lane.LIVE, this.delta));
	}

	@Test
	void restsUntilASubscriptionThatFailedIsTriedAgainWhileTheOtherIsKept() {
		this.subscriptions.remove(Resource.GROUPS);
		this.patience = this.patience.subscriptionUntil(Resource.GROUPS, NOW.plusSeconds(5));
		assertThat(next()).isEqualTo(new Step.Rest(NOW.plusSeconds(5)));
		subscribed(NOW.plus(Duration.ofHours(1)), NOW, false);
		this.subscriptions.remove(Resource.GROUPS);
		assertThat(next()).isEqualTo(new Step.Renew(Resource.USERS, this.subscriptions.get(Resource.USERS)));
	}

	@Test
	void takesTurnsBetweenHintsThatNeverCeaseSubscriptionsAndAFullRun() {
		this.full = run(RunMode.FULL, Resource.ALL);
		this.chains.put(Resource.USERS, new Chain("link", 1, 4, 3, NOW, NOW.minusSeconds(1)));
		subscribed(NOW.plus(Duration.ofHours(1)), NOW, false);
		RunInHand hinted = run(RunMode.DELTA, List.of(Resource.USERS));
		for (Class<?> others : List.of(Step.Renew.class, Step.ReadPage.class, Step.ReadPage.class)) {
			assertThat(taken())
				.isEqualTo(new Step.StartRun(RunMode.DELTA, RunTrigger.HINT, null, List.of(Resource.USERS)));
			this.delta = hinted;
			assertThat(taken()).isEqualTo(new Step.ReadPage(Lane.LIVE, hinted));
			this.delta = null;
			assertThat(next()).isInstanceOf(others).isNotEqualTo(new Step.ReadPage(Lane.LIVE, hinted));
			taken();
			subscribed(NOW.plus(Duration.ofDays(2)), NOW, false);
		}
		this.delta = hinted;
		this.full = null;
		assertThat(taken()).isEqualTo(new Step.ReadPage(Lane.LIVE, hinted));
		assertThat(taken()).isEqualTo(new Step.ReadPage(Lane.LIVE, hinted));
	}

	@Test
	void letsHintsPassABulkRunThatWaitsForTheReconciler() {
		this.full = run(RunMode.FULL, Resource.ALL);
		this.patience = this.patience.laneUntil(Lane.BULK, NOW.plusMillis(300));
		assertThat(next()).isEqualTo(new Step.Rest(NOW.plusMillis(300)));
		this.chains.put(Resource.USERS, new Chain("link", 1, 4, 3, NOW, NOW.minusSeconds(1)));
		assertThat(next()).isInstanceOf(Step.StartRun.class);
	}

	@Test
	void asksNothingOfGraphBeforeItsTime() {
		this.delta = run(RunMode.DELTA, List.of(Resource.USERS));
		this.patience = this.patience.graphUntil(NOW.plusSeconds(10));
		assertThat(next()).isEqualTo(new Step.Rest(NOW.plusSeconds(10)));
	}

	@Test
	void runsAtNightAndOnceAWeekInFull() {
		this.scheduledAt = NOW.minus(Duration.ofDays(1));
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.DELTA, RunTrigger.SCHEDULE, null, Resource.ALL));
		this.fullAt = NOW.minus(Duration.ofDays(7));
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.FULL, RunTrigger.SCHEDULE, null, Resource.ALL));
	}

	@Test
	void readsEverythingAgainWhenTheSelectionHasChanged() {
		this.chains.put(Resource.USERS, new Chain("link", 0, 3, 3, null, NOW));
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.FULL, RunTrigger.RULES, null, Resource.ALL));
	}

	@Test
	void startsWhatSomebodyAskedFor() {
		this.requested = new Requested(RunMode.DELTA, RunTrigger.MANUAL, "me");
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.DELTA, RunTrigger.MANUAL, "me", Resource.ALL));
		this.requested = new Requested(RunMode.FULL, RunTrigger.MANUAL, "me");
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.FULL, RunTrigger.MANUAL, "me", Resource.ALL));
		this.requested = new Requested(RunMode.FULL, RunTrigger.RESYNC, null);
		assertThat(next()).isEqualTo(new Step.StartRun(RunMode.FULL, RunTrigger.RESYNC, null, Resource.ALL));
	}

	@Test
	void renewsASubscriptionWhenHalfOfItIsOverOrGraphAsks() {
		subscribed(NOW.plus(Duration.ofDays(1)), NOW, false);
		assertThat(next()).isInstanceOf(Step.Renew.class);
		subscribed(NOW.plus(Duration.ofDays(2)), NOW, true);
		assertThat(next()).isInstanceOf(Step.Renew.class);
		subscribed(NOW.plus(Duration.ofDays(2)), NOW.minus(Duration.ofHours(1)), false);
		assertThat(next()).isInstanceOf(Step.Check.class);
	}

	@Test
	void doesNotRenewWithoutEndASubscriptionThatGraphKeepsShorterThanItWasAskedFor() {
		for (Duration given : List.of(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(-1))) {
			Subscribed renewed = new Subscribed("s1", NOW.plus(given), NOW, NOW, false);
			this.subscriptions.put(Resource.USERS, renewed);
			assertThat(next()).isInstanceOf(Step.Rest.class);
			Instant due = NOW.plus(given.isPositive() ? given.dividedBy(2) : Duration.ofMinutes(1));
			Resource.ALL.forEach((resource) -> this.chains.put(resource, new Chain("link", 1, 3, 3, null, due)));
			assertThat(Agenda.next(state(), PLAN, this.patience, null, due)).isInstanceOf(Step.Renew.class);
		}
	}

	@Test
	void goesOverTheResourcesAgainUntilAPassOfAFullRunFindsNothing() {
		RunInHand run = run(RunMode.FULL, Resource.ALL);
		for (boolean[] found : new boolean[][] { { true, true, true }, { false, false, true },
				{ false, false, false } }) {
			for (boolean something : found) {
				assertThat(run.isRead()).isFalse();
				run = run.asking(Chain.NONE, NOW).afterPage(null, "delta", something, new TreeSet<>(), ReadCounts.NONE);
			}
		}
		assertThat(run.isRead()).isTrue();
		assertThat(run.links()).containsOnlyKeys(Resource.ALL.toArray(Resource[]::new));
	}

	@Test
	void countsWhatItSetAside() {
		RunInHand run = run(RunMode.DELTA, Resource.ALL).withSetAside(2)
			.afterPage("next", null, true, new TreeSet<>(), ReadCounts.NONE)
			.withSetAside(1)
			.afterPage("next", null, true, new TreeSet<>(), ReadCounts.NONE);
		assertThat(run.setAside()).isEqualTo(3);
	}

	@Test
	void servesOnlyTheHintsThatHadComeWhenTheRoundBegan() {
		Chain chain = new Chain("old", 1, 5, 3, NOW, NOW);
		this.chains.put(Resource.USERS, chain);
		RunInHand run = run(RunMode.DELTA, List.of(Resource.USERS)).asking(chain, NOW.plusSeconds(1))
			.afterPage(null, "new", true, new TreeSet<>(), ReadCounts.NONE);
		this.chains.put(Resource.USERS, new Chain("old", 1, 6, 3, NOW, NOW));
		Chain after = state().finished(Lane.LIVE, run).chain(Resource.USERS);
		assertThat(after).isEqualTo(new Chain("new", 1, 6, 5, NOW, NOW.plusSeconds(1)));
		assertThat(after.isDirty()).isTrue();
	}

	@Test
	void forgetsWhatALiveRunWasGivenOfAChainThatAFullRunHasReplaced() {
		Chain old = new Chain("old", 1, 5, 3, NOW, NOW);
		Resource.ALL.forEach((resource) -> this.chains.put(resource, old));
		this.delta = run(RunMode.DELTA, List.of(Resource.GROUPS, Resource.USERS)).asking(old, NOW)
			.afterPage(null, "old again", true, new TreeSet<>(), ReadCounts.NONE)
			.asking(old, NOW)
			.afterPage("old page", null, true, new TreeSet<>(), ReadCounts.NONE);
		RunInHand read = RunInHand.begin(new RunId("full"),
				new Step.StartRun(RunMode.FULL, RunTrigger.RULES, null, Resource.ALL), new Stamp(new Sequence(2), 0), 2,
				NOW);
		while (!read.isRead()) {
			read = read.asking(old, NOW).afterPage(null, "new", false, new TreeSet<>(), ReadCounts.NONE);
		}
		SyncState state = state().finished(Lane.BULK, read);
		RunInHand live = state.delta();
		assertThat(live.toRead()).containsExactly(Resource.USERS);
		assertThat(live.link(state.chain(Resource.USERS))).isEqualTo("new");
		live = live.asking(state.chain(Resource.USERS), NOW)
			.afterPage(null, "newer", false, new TreeSet<>(), ReadCounts.NONE);
		SyncState after = state.finished(Lane.LIVE, live);
		assertThat(after.chain(Resource.USERS)).extracting(Chain::deltaLink, Chain::selection)
			.containsExactly("newer", 2);
		assertThat(after.chain(Resource.GROUPS)).extracting(Chain::deltaLink, Chain::selection)
			.containsExactly("new", 2);
	}

	private void subscribed(Instant expires, Instant checked, boolean reauthorize) {
		this.subscriptions.put(Resource.USERS,
				new Subscribed("s1", expires, expires.minus(Duration.ofDays(2)), checked, reauthorize));
		this.subscriptions.put(Resource.GROUPS, new Subscribed("s2", NOW.plus(Duration.ofDays(2)), NOW, NOW, false));
	}

	private static RunInHand run(RunMode mode, List<Resource> resources) {
		return RunInHand.begin(new RunId("run"), new Step.StartRun(mode, RunTrigger.HINT, null, resources),
				new Stamp(new Sequence(1), 0), 1, NOW);
	}

	private SyncState state() {
		return new SyncState(new ConnectionId("c"), 1, this.chains, this.delta, this.full, this.people, this.requested,
				this.subscriptions, this.scheduledAt, this.fullAt, NOW, false);
	}

	/** The next step, done. */
	private Step taken() {
		Step step = next();
		this.last = step.turn(this.last);
		return step;
	}

	private Step next() {
		return next(PLAN);
	}

	private Step next(Plan plan) {
		return Agenda.next(state(), plan, this.patience, this.last, NOW);
	}

}
