package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Graph says about when to come again. */
class RetryAfterTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "10|10000", "2.128|2128", "0|500", "0.0|500", ".7|700", "1, 5, 2|5000", "junk, 3|3000",
					"120|120000", "86400|3600000", "Mon, 23 Nov 2026 12:00:30 GMT|30000",
					"Mon, 23 Nov 2026 11:00:00 GMT|500", " 7 |7000" })
	void understandsEveryFormOfRetryAfter(String header, long millis) {
		assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "soon", "-1", "1e9", "99999999999999999999", "NaN", "," })
	void saysNothingWhenTheHeaderSaysNothing(String header) {
		assertThat(RetryAfter.parse(header, NOW)).isNull();
	}

}
