package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.rollcall.connector.rules.SyncState.Chain;
import io.rollcall.connector.rules.SyncState.Hinted;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is to be done for a connection, and when. */
class DueTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final Due DUE = new Due(
			List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5)), Duration.ofMinutes(15));

	private static final Selection ALL = Selection.DEFAULT;

	@Test
	void asksAChainAtOnceWhenAHintCameAndSharesTheNextReadWithThoseThatComeSoonAfter() {
		assertThat(DUE.read(state(NOW.minusSeconds(60), 1, NOW), Resource.USERS)).isBeforeOrEqualTo(NOW);
		assertThat(DUE.read(state(NOW, 1, NOW), Resource.USERS)).isEqualTo(NOW.plusMillis(100));
	}

	@Test
	void asksAgainAfterTheLastHintAndAtTheLatestEveryQuarterOfAnHour() {
		Instant hint = NOW;
		assertThat(DUE.read(state(hint, 0, hint), Resource.USERS)).isEqualTo(hint.plusSeconds(5));
		assertThat(DUE.read(state(hint.plusSeconds(5), 0, hint), Resource.USERS)).isEqualTo(hint.plusSeconds(30));
		assertThat(DUE.read(state(hint.plusSeconds(30), 0, hint), Resource.USERS)).isEqualTo(hint.plusSeconds(300));
		assertThat(DUE.read(state(hint.plusSeconds(300), 0, hint), Resource.USERS)).isEqualTo(hint.plusSeconds(1200));
		assertThat(DUE.read(state(hint, 0, null), Resource.USERS)).isEqualTo(hint.plusSeconds(900));
	}

	/** F29: a flag that the read clears would lose the hint that came meanwhile. */
	@Test
	void losesNoHintThatComesWhileAChainIsBeingRead() {
		Chain asked = chain(NOW).asked(1, NOW);
		SyncState meanwhile = state(asked.after(null, "next"), 2, NOW);
		assertThat(meanwhile.isDirty(Resource.USERS)).isTrue();
		Chain both = asked.after("page", null).after(null, "next");
		assertThat(state(both, 1, NOW).isDirty(Resource.USERS)).isFalse();
	}

	@Test
	void goesOnWithAReadInItsMiddleAndNeverAsksALostChain() {
		assertThat(DUE.read(state(chain(NOW).asked(0, NOW).after("page", null), 0, null), Resource.USERS))
			.isEqualTo(Instant.MIN);
		assertThat(DUE.read(state(chain(NOW).lost(), 5, NOW), Resource.USERS)).isEqualTo(Instant.MAX);
	}

	@Test
	void readsAllWhereNothingWasReadYetOrAChainIsLost() {
		assertThat(run(new SyncState(new ConnectionId("c"), 1, Position.START, Map.of(), null), ALL, null))
			.isEqualTo(new Requested(RunMode.FULL, RunTrigger.ACTIVATION, null));
		SyncState lost = alive().at(alive().position().with(Resource.GROUPS, chain(NOW).lost()));
		assertThat(run(lost, ALL, null)).isEqualTo(new Requested(RunMode.FULL, RunTrigger.RESYNC, null));
	}

	@Test
	void readsAllWhenAnAttributeIsNeededThatWasNotReadAndNotWhenOneIsNeededNoLonger() {
		assertThat(run(alive(), ALL.and(List.of("city"), List.of()), null))
			.isEqualTo(new Requested(RunMode.FULL, RunTrigger.RULES, null));
		assertThat(run(alive(), ALL.without(List.of("department")), null)).isNull();
		assertThat(run(alive(), ALL.and(List.of("city"), List.of()).without(List.of("city")), null)).isNull();
	}

	@Test
	void followsTheScheduleWithAFullRunOnceAWeek() {
		assertThat(run(alive(), ALL, NOW.plusSeconds(1))).isNull();
		assertThat(run(alive(), ALL, NOW)).isEqualTo(new Requested(RunMode.DELTA, RunTrigger.SCHEDULE, null));
		SyncState old = alive().at(fullAt(alive().position(), NOW.minus(Duration.ofDays(7))));
		assertThat(run(old, ALL, NOW)).isEqualTo(new Requested(RunMode.FULL, RunTrigger.SCHEDULE, null));
	}

	@Test
	void doesWhatPeopleAskForOneRunAtATime() {
		Requested delta = new Requested(RunMode.DELTA, RunTrigger.MANUAL, "ada");
		SyncState asked = new SyncState(new ConnectionId("c"), 1, alive().position(), Map.of(), delta);
		assertThat(run(asked, ALL, null)).isEqualTo(delta);
		Run under = Run.begin(new RunId("r"), delta, Stamp.NONE, NOW);
		assertThat(run(asked.at(asked.position().withRun(under)), ALL, NOW)).isNull();
		SyncState nothingRead = new SyncState(new ConnectionId("c"), 1, Position.START, Map.of(), delta);
		assertThat(run(nothingRead, ALL, null)).isEqualTo(new Requested(RunMode.FULL, RunTrigger.MANUAL, "ada"));
	}

	private static @Nullable Requested run(SyncState state, Selection needed, @Nullable Instant scheduled) {
		return DUE.run(state, needed, scheduled, NOW);
	}

	private static Position fullAt(Position position, Instant at) {
		Run run = Run.begin(new RunId("r"), new Requested(RunMode.FULL, RunTrigger.SCHEDULE, null), Stamp.NONE, at);
		return position.began(run).withRun(null);
	}

	private static SyncState alive() {
		Position position = Position.START;
		for (Resource resource : Resource.ALL) {
			position = position.with(resource, Chain.NONE.replaced("link", ALL.of(resource), NOW));
		}
		return new SyncState(new ConnectionId("c"), 1, fullAt(position, NOW.minusSeconds(60)), Map.of(), null);
	}

	private static Chain chain(@Nullable Instant asked) {
		return new Chain("link", null, ALL.users(), 0, 0, 0, asked);
	}

	private static SyncState state(Instant asked, long hints, @Nullable Instant hintedAt) {
		return state(chain(asked), hints, hintedAt);
	}

	private static SyncState state(Chain chain, long hints, @Nullable Instant hintedAt) {
		Map<Resource, Hinted> hinted = new EnumMap<>(Resource.class);
		hinted.put(Resource.USERS, new Hinted(hints, hintedAt));
		return new SyncState(new ConnectionId("c"), 1, Position.START.with(Resource.USERS, chain), hinted, null);
	}

}
