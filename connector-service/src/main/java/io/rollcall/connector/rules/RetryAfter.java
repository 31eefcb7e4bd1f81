package io.rollcall.connector.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Every form of {@code Retry-After} that Graph was seen to send: seconds, seconds with a
 * fraction ({@code 2.128}), a list of them, an HTTP date.
 *
 * @see <a href="https://learn.microsoft.com/graph/throttling">Throttling guidance</a>
 */
public final class RetryAfter {

	/**
	 * A wait of nothing would be a hot loop, so {@code 0} and dates in the past become
	 * this.
	 */
	public static final Duration SHORTEST = Duration.ofMillis(500);

	/** Nobody is asked to wait for longer: the next answer says so again. */
	public static final Duration LONGEST = Duration.ofHours(1);

	private RetryAfter() {
	}

	/**
	 * How long to wait, or null when the header is missing or says nothing that can be
	 * understood.
	 */
	public static @Nullable Duration parse(@Nullable String header, Instant now) {
		if (header == null) {
			return null;
		}
		Duration date = date(header.strip(), now);
		Stream<Duration> said = (date != null) ? Stream.of(date)
				: Arrays.stream(header.split(",")).map(String::strip).map(RetryAfter::seconds).filter(Objects::nonNull);
		return said.max(Comparator.naturalOrder()).map(RetryAfter::bounded).orElse(null);
	}

	private static @Nullable Duration date(String text, Instant now) {
		try {
			ZonedDateTime date = ZonedDateTime.parse(text,
					DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
			return Duration.between(now, date.toInstant());
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable Duration seconds(String text) {
		// Longer numbers mean nothing, and an exponent could make a small text huge.
		if (text.length() > 12 || !text.matches("[0-9]*\\.?[0-9]+|[0-9]+\\.")) {
			return null;
		}
		long millis = new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.CEILING).longValue();
		return Duration.ofMillis(millis);
	}

	private static Duration bounded(Duration wait) {
		if (wait.compareTo(SHORTEST) < 0) {
			return SHORTEST;
		}
		return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
	}

}
