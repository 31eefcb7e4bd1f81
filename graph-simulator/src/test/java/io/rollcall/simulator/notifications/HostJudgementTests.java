package io.rollcall.simulator.notifications;

import java.time.Duration;

import io.rollcall.simulator.notifications.HostJudgement.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a host counts as slow, and when its notifications are dropped. */
class HostJudgementTests {

	private static final Duration WINDOW = Duration.ofMinutes(10);

	private static final long NOW = 1_000_000;

	private final HostJudgement judgement = new HostJudgement();

	@Test
	void isNotJudgedBeforeAHundredAnswers() {
		answers(99, 99, false);
		assertThat(this.judgement.state(NOW)).isEqualTo(State.FINE);
	}

	@Test
	void isSlowWithMoreThanATenthOfSlowAnswersAndForTenMinutes() {
		answers(100, 10, false);
		assertThat(this.judgement.state(NOW)).isEqualTo(State.FINE);
		answers(1, 1, false);
		assertThat(this.judgement.state(NOW)).isEqualTo(State.SLOW);
		assertThat(this.judgement.state(NOW + WINDOW.toMillis())).isEqualTo(State.FINE);
	}

	@Test
	void dropsWithMoreThanFifteenPercentOfSlowRepetitions() {
		answers(100, 15, true);
		assertThat(this.judgement.state(NOW)).isEqualTo(State.FINE);
		answers(1, 1, true);
		assertThat(this.judgement.state(NOW)).isEqualTo(State.DROP);
	}

	/**
	 * The slow ones come last, so that a hundred are together before the share is judged.
	 */
	private void answers(int count, int slow, boolean repeated) {
		for (int i = 0; i < count; i++) {
			this.judgement.answered(repeated, i >= count - slow, NOW, WINDOW);
		}
	}

}
