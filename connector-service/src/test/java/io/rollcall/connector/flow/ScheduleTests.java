package io.rollcall.connector.flow;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** When a connection runs by itself. */
class ScheduleTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "0 2 * * *|UTC|2026-11-23T01:59:59Z|2026-11-23T02:00:00Z",
					"0 2 * * *|UTC|2026-11-23T02:00:00Z|2026-11-24T02:00:00Z",
					"0 2 * * *|Europe/Berlin|2026-11-23T00:00:00Z|2026-11-23T01:00:00Z",
					"*/15 * * * *|UTC|2026-11-23T12:16:00Z|2026-11-23T12:30:00Z",
					"0 8,20 * * *|UTC|2026-11-23T12:00:00Z|2026-11-23T20:00:00Z",
					"30 9-17/4 * * *|UTC|2026-11-23T09:30:00Z|2026-11-23T13:30:00Z",
					"0 3 * * 7|UTC|2026-11-23T00:00:00Z|2026-11-29T03:00:00Z",
					// Where both days are given, both must match.
					"0 3 1 * 1|UTC|2026-11-24T00:00:00Z|2027-02-01T03:00:00Z",
					"0 0 29 2 *|UTC|2026-11-24T00:00:00Z|2028-02-29T00:00:00Z" })
	void findsTheNextTime(String cron, String zone, Instant after, Instant next) {
		assertThat(new Schedule(cron, zone).nextAfter(after)).isEqualTo(next);
	}

	@Test
	void neverComesWhenThereIsNoSuchDay() {
		assertThat(new Schedule("0 0 31 2 *", "UTC").nextAfter(Instant.parse("2026-11-24T00:00:00Z"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "5-1 * * * *", "a * * * *",
			"*/0 * * * *", "1,,2 * * * *", "0 0 2 * * *" })
	void saysWhatIsWrongWithASchedule(String cron) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Schedule(cron, "UTC"))
			.withMessageMatching("(?s).*(five fields|is not a schedule).*");
	}

}
