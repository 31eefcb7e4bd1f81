package io.rollcall.support;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Waits that grow. */
class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 2", "3, 4", "9, 256", "10, 300", "1000, 300" })
	void doublesUpToTheLongest(int failures, long seconds) {
		assertThat(this.backoff.after(failures, 1)).isEqualTo(Duration.ofSeconds(seconds));
		assertThat(this.backoff.after(failures, 0)).isEqualTo(Duration.ofSeconds(seconds).dividedBy(2));
	}

	@Test
	void refusesWaitsThatAreNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
	}

}
