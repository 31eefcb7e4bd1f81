package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** When a connection runs by itself, and when its chains are asked again. */
class ScheduleTests {

	private static final Instant HINTED = Instant.parse("2026-11-23T12:00:00Z");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "0 2 * * *|UTC|2026-11-23T01:59:59Z|2026-11-23T02:00:00Z",
					"0 2 * * *|UTC|2026-11-23T02:00:00Z|2026-11-24T02:00:00Z",
					"0 2 * * *|Europe/Berlin|2026-11-23T00:00:00Z|2026-11-23T01:00:00Z",
					"*/15 * * * *|UTC|2026-11-23T12:16:00Z|2026-11-23T12:30:00Z",
					"0 8,20 * * *|UTC|2026-11-23T12:00:00Z|2026-11-23T20:00:00Z",
					"30 9-17/4 * * *|UTC|2026-11-23T09:30:00Z|2026-11-23T13:30:00Z",
					"0 3 * * 7|UTC|2026-11-23T00:00:00Z|2026-11-29T03:00:00Z",
					"0 3 1 * 1|UTC|2026-11-24T00:00:00Z|2026-11-30T03:00:00Z",
					"0 0 29 2 *|UTC|2026-11-24T00:00:00Z|2028-02-29T00:00:00Z",
					// Clocks skip 02:30 in spring: it happens an hour later.
					"30 2 * * *|Europe/Berlin|2027-03-27T12:00:00Z|2027-03-28T01:30:00Z",
					// Clocks repeat 02:30 in autumn: it happens once.
					"30 2 * * *|Europe/Berlin|2026-10-25T00:30:00Z|2026-10-26T01:30:00Z" })
	void findsTheNextTime(String cron, String zone, Instant after, Instant next) {
		assertThat(new NightlySchedule(cron, zone).nextAfter(after)).isEqualTo(next);
	}

	@Test
	void neverComesWhenThereIsNoSuchDay() {
		assertThat(new NightlySchedule("0 0 31 2 *", "UTC").nextAfter(HINTED)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "5-1 * * * *", "a * * * *",
			"*/0 * * * *", "1,,2 * * * *", "0 0 2 * * *" })
	void saysWhatIsWrongWithASchedule(String cron) {
		assertThatIllegalArgumentException().isThrownBy(() -> new NightlySchedule(cron, "UTC"))
			.withMessageMatching(".*(five fields|from \\d+ to \\d+).*");
	}

	@ParameterizedTest
	@CsvSource({ "0,5", "4,5", "5,30", "29,30", "30,300", "299,300", "300,1200", "1000,1900" })
	void asksAgainSomeTimesAfterTheLastHintAndThenNowAndThen(long askedAfter, long nextAfter) {
		assertThat(AskAgain.DEFAULT.next(HINTED, HINTED.plusSeconds(askedAfter)))
			.isEqualTo(HINTED.plusSeconds(nextAfter));
	}

	@Test
	void asksAtTheLatestAfterAQuarterOfAnHourWithoutAnyHint() {
		assertThat(AskAgain.DEFAULT.next(null, HINTED)).isEqualTo(HINTED.plus(Duration.ofMinutes(15)));
		assertThat(AskAgain.DEFAULT.next(HINTED, null)).isEqualTo(Instant.MIN);
	}

}
