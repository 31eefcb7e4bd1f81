package io.rollcall.model;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SequenceTests {

	private static final long LARGEST_EPOCH = (1L << 31) - 1;

	private static final long LARGEST_COUNTER = (1L << 22) - 1;

	@Test
	void isItsEpochBeforeItsCounter() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 1_000; i++) {
			long epoch = random.nextLong(LARGEST_EPOCH + 1);
			long counter = random.nextLong(LARGEST_COUNTER + 1);
			Sequence sequence = Sequence.of(epoch, counter);
			assertThat(sequence.value() >>> 22).as("seed %d", seed).isEqualTo(epoch);
			assertThat(sequence.value() & LARGEST_COUNTER).as("seed %d", seed).isEqualTo(counter);
		}
	}

	@Test
	void isExactInTheNumbersThatJsonReadersHave() {
		long largest = Sequence.of(LARGEST_EPOCH, LARGEST_COUNTER).value();
		assertThat(largest).isEqualTo((1L << 53) - 1);
		assertThat((long) (double) largest).isEqualTo(largest);
	}

	@Test
	void putsANewOwnerAfterEverythingOfTheOldOne() {
		assertThat(Sequence.of(8, 0)).isGreaterThan(Sequence.of(7, LARGEST_COUNTER));
		assertThat(Sequence.of(8, 1)).isGreaterThan(Sequence.of(8, 0));
	}

	@Test
	void refusesACounterThatIsUsedUp() {
		assertThatIllegalArgumentException().isThrownBy(() -> Sequence.of(1, LARGEST_COUNTER + 1));
		assertThatIllegalArgumentException().isThrownBy(() -> Sequence.of(1, -1));
	}

	@Test
	void refusesAnEpochThatDoesNotFit() {
		assertThatIllegalArgumentException().isThrownBy(() -> Sequence.of(LARGEST_EPOCH + 1, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Sequence.of(-1, 0));
		// Shifted by 22 bits this one would come out as 0.
		assertThatIllegalArgumentException().isThrownBy(() -> Sequence.of(1L << 42, 0));
	}

}
