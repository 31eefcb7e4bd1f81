package io.rollcall.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StampTest {

	private static final Sequence EARLY = Sequence.of(7, 1);

	private static final Sequence LATE = Sequence.of(7, 2);

	@Test
	void ordersBySequenceAndThenByPlaceInThePage() {
		assertThat(new Stamp(LATE, 0).isAfter(new Stamp(EARLY, 199))).isTrue();
		assertThat(new Stamp(EARLY, 2).isAfter(new Stamp(EARLY, 1))).isTrue();
	}

	@Test
	void isNotAfterItself() {
		assertThat(new Stamp(EARLY, 1).isAfter(new Stamp(EARLY, 1))).isFalse();
	}

	@Test
	void comesAfterNone() {
		assertThat(new Stamp(EARLY, 0).isAfter(Stamp.NONE)).isTrue();
	}

	@Test
	void readsAsItStandsInAnEventId() {
		assertThat(new Stamp(new Sequence(42), 7)).hasToString("42:7");
	}

	@Test
	void refusesANegativePlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Stamp(EARLY, -1));
	}

}
