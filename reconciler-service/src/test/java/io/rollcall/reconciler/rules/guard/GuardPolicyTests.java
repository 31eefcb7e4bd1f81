package io.rollcall.reconciler.rules.guard;

import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.guard.GuardPolicy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuardPolicyTests {

	private static final Rules.Limit STANDARD = Rules.Guard.standard().accounts();

	@ParameterizedTest(name = "{0} staged, {1} gone today, {2} active: held {3}")
	@CsvSource({ "0, 0, 0, false", "20, 0, 20, false", "21, 0, 60, true", "20, 0, 5, false", "100, 0, 1000, false",
			"101, 0, 1000, true", "10, 10, 90, false", "15, 10, 90, true", "60, 45, 1000, true", "55, 45, 955, false",
			"500, 0, 100000, false", "501, 0, 100000, true" })
	void holdsWhatIsAboveAShareOfAllWithinBounds(long staged, long released, long active, boolean held) {
		assertThat(GuardPolicy.judge(staged, released, () -> active, STANDARD).held()).isEqualTo(held);
	}

	@Test
	void saysWhatAPersonNeedsToKnow() {
		assertThat(GuardPolicy.judge(30, 5, () -> 200, STANDARD)).isEqualTo(new Verdict(true, 205, 20));
	}

	@Test
	void allThreeCanBeSet() {
		Rules.Limit strict = new Rules.Limit(1, 0, 2);
		assertThat(GuardPolicy.judge(1, 0, () -> 50, strict).held()).isTrue();
		assertThat(GuardPolicy.judge(2, 0, () -> 10_000, strict).held()).isFalse();
		assertThat(GuardPolicy.judge(3, 0, () -> 10_000, strict).held()).isTrue();
	}

	@Test
	void countsNobodyForAFew() {
		AtomicInteger counted = new AtomicInteger();
		GuardPolicy.judge(20, 0, counted::incrementAndGet, STANDARD);
		assertThat(counted).hasValue(0);
		GuardPolicy.judge(21, 0, counted::incrementAndGet, STANDARD);
		assertThat(counted).hasValue(1);
	}

}
