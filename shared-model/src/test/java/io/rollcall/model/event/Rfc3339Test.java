package io.rollcall.model.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class Rfc3339Test {

	@Test
	void readsEveryInstantAsItWasWritten() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		int[] units = { 1, 1_000, 1_000_000, 1_000_000_000 };
		for (int i = 0; i < 10_000; i++) {
			long nanos = random.nextLong(1_000_000_000) / units[i % 4] * units[i % 4];
			Instant instant = Instant.ofEpochSecond(random.nextLong(-3_000_000_000L, 30_000_000_000L), nanos);
			assertThat(Rfc3339.parse(instant.toString())).as("seed %d", seed).isEqualTo(instant);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-11-23T02:00:00Z", "2026-11-23T02:00:00.5Z", "2026-11-23T02:00:00.123456789Z",
			"2026-11-23T03:00:00+01:00", "2024-02-29T23:59:59Z" })
	void agreesWithTheJdkOnWhatIsATime(String text) {
		assertThat(Rfc3339.parse(text)).isEqualTo(Instant.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "yesterday", "2026-11-23", "2026-11-23T02:00:00", "2026-13-23T02:00:00Z",
			"2026-02-30T02:00:00Z", "2026-11-23T25:00:00Z", "2026-11-23T02:00:00.1234567890Z", "2026-+1-23T02:00:00Z" })
	void refusesWhatIsNone(String text) {
		assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
	}

}
