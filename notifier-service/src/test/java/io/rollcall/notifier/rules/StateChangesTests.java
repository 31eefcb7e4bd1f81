package io.rollcall.notifier.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** When something that lasts begins and ends, whatever comes again. */
class StateChangesTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final ConnectionId ENTRA = new ConnectionId("acme-entra");

	private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");

	@Test
	void tellsTheBeginningOnceAndTheEndOnce() {
		StateChanges changes = new StateChanges(List.of());
		assertThat(changes.apply("a", 1, failing(false, 1), NOW)).isTrue();
		assertThat(changes.apply("b", 2, failing(false, 2), NOW)).isFalse();
		assertThat(changes.apply("c", 3, new RunEvent.ConnectionRecovered(ACME, ENTRA, at(3)), NOW)).isTrue();
		assertThat(changes.apply("d", 4, new RunEvent.ConnectionRecovered(ACME, ENTRA, at(4)), NOW)).isFalse();
		assertThat(changes.apply("e", 5, failing(false, 5), NOW)).isTrue();
	}

	@Test
	void tellsAgainWhenWhatHealedByItselfNeedsAPerson() {
		StateChanges changes = new StateChanges(List.of());
		assertThat(changes.apply("a", 1, failing(false, 1), NOW)).isTrue();
		assertThat(changes.apply("b", 2, failing(true, 2), NOW)).isTrue();
		assertThat(changes.apply("c", 3, failing(false, 3), NOW)).isFalse();
	}

	/** Whoever had the partition before may come late with what was told long ago. */
	@Test
	void letsAnOldEventChangeNothing() {
		StateChanges first = new StateChanges(List.of());
		first.apply("a", 1, failing(false, 1), NOW);
		first.apply("b", 2, new RunEvent.ConnectionRecovered(ACME, ENTRA, at(2)), NOW);
		StateChanges late = new StateChanges(first.changed());
		assertThat(late.apply("a", 1, failing(false, 1), NOW)).isFalse();
		assertThat(late.apply("b", 2, new RunEvent.ConnectionRecovered(ACME, ENTRA, at(2)), NOW)).isFalse();
		assertThat(late.changed()).isEmpty();
	}

	@Test
	void goesByTheOffsetWhereClocksDifferAndByTheClockWhereTheTopicIsNew() {
		StateChanges changes = new StateChanges(List.of());
		changes.apply("a", 5, failing(false, 10), NOW);
		assertThat(changes.apply("b", 6, new RunEvent.ConnectionRecovered(ACME, ENTRA, at(8)), NOW)).isTrue();
		StateChanges anew = new StateChanges(changes.changed());
		assertThat(anew.apply("c", 0, failing(false, 100), NOW)).isTrue();
	}

	@Test
	void keepsHeldSetsApartAndCountsManyDeadLettersAsOne() {
		StateChanges changes = new StateChanges(List.of());
		assertThat(changes.apply("a", 1, held("one", 1), NOW)).isTrue();
		assertThat(changes.apply("b", 2, held("two", 2), NOW)).isTrue();
		assertThat(changes.apply("c", 3,
				new RunEvent.HeldSetClosed(ACME, ENTRA, "one", GuardedKind.TEAMS, true, "olga", at(3)), NOW))
			.isTrue();
		for (int i = 0; i < 40; i++) {
			assertThat(changes.apply("l" + i, 10 + i,
					new RunEvent.DeadLetterWaiting(ACME, ENTRA, "reconciler", "l" + i,
							Problem.forPerson(Problem.Code.RECORD_UNREADABLE, "detail", "why"), at(10 + i)),
					NOW))
				.isEqualTo(i == 0);
		}
		assertThat(changes.changed()).extracting(LastingState::id, LastingState::open, LastingState::count)
			.containsExactlyInAnyOrder(tuple("acme:acme-entra:HELD:one", false, 1L),
					tuple("acme:acme-entra:HELD:two", true, 1L),
					tuple("acme:acme-entra:DEAD_LETTERS:reconciler", true, 40L));
	}

	@Test
	void endsAllWithTheConnectionAndThePauseWithItsActivation() {
		StateChanges changes = new StateChanges(List.of());
		changes.apply("a", 1, failing(true, 1), NOW);
		changes.apply("b", 2, held("one", 2), NOW);
		assertThat(changes.apply("c", 3, stopped(ConnectionStatus.PAUSED, 3), NOW)).isTrue();
		assertThat(changes.apply("d", 4, new RunEvent.ConnectionActivated(ACME, ENTRA, "olga", at(4)), NOW)).isTrue();
		assertThat(changes.changed()).extracting(LastingState::open).containsExactly(true, true, false);
		assertThat(changes.apply("e", 5, stopped(ConnectionStatus.DEACTIVATED, 5), NOW)).isTrue();
		assertThat(changes.changed()).extracting(LastingState::open).containsOnly(false);
	}

	@Test
	void remindsADayLaterAndThenDaily() {
		StateChanges changes = new StateChanges(List.of());
		changes.apply("a", 1, failing(true, 1), NOW);
		LastingState state = changes.changed().iterator().next();
		assertThat(state.remindAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
		LastingState reminded = state.reminded(NOW.plus(Duration.ofHours(30)));
		assertThat(reminded.remindAt()).isEqualTo(NOW.plus(Duration.ofHours(54)));
		assertThat(reminded.reminders()).isEqualTo(1);
	}

	private static RunEvent failing(boolean needsPerson, int at) {
		return new RunEvent.ConnectionFailing(ACME, ENTRA,
				new Problem(needsPerson ? Problem.Code.CREDENTIAL_EXPIRED : Problem.Code.GRAPH_FAILED, Map.of(),
						needsPerson),
				NOW, at(at));
	}

	private static RunEvent held(String hash, int at) {
		return new RunEvent.SetHeld(ACME, ENTRA, hash, GuardedKind.TEAMS, 1, 2, 20, List.of(), null, at(at));
	}

	private static RunEvent stopped(ConnectionStatus status, int at) {
		return new RunEvent.ConnectionStopped(ACME, ENTRA, status, "olga", at(at));
	}

	private static Instant at(int seconds) {
		return NOW.plusSeconds(seconds);
	}

}
