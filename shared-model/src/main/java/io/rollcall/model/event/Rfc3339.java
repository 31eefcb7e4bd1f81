package io.rollcall.model.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times in headers. {@link Instant#parse} was a fifth of reading an event; the one form
 * that we write ourselves is read by hand, every other form is left to it.
 */
final class Rfc3339 {

	private static final int NANO_DIGITS = 9;

	private static final String PLAIN = "dddd-dd-ddTdd:dd:dd";

	private Rfc3339() {
	}

	/** An instant, of {@code 2026-11-23T02:00:00.123Z} or any other RFC 3339 form. */
	static Instant parse(String text) {
		return isPlain(text) ? plain(text) : Instant.parse(text);
	}

	private static boolean isPlain(String text) {
		int last = text.length() - 1;
		if (last < PLAIN.length() || last > PLAIN.length() + 1 + NANO_DIGITS || text.charAt(last) != 'Z') {
			return false;
		}
		for (int i = 0; i < last; i++) {
			char expected = (i < PLAIN.length()) ? PLAIN.charAt(i) : (i == PLAIN.length()) ? '.' : 'd';
			char c = text.charAt(i);
			if ((expected == 'd') ? c < '0' || c > '9' : c != expected) {
				return false;
			}
		}
		return last != PLAIN.length() + 1;
	}

	private static Instant plain(String text) throws DateTimeException {
		int nanos = 0;
		for (int i = PLAIN.length() + 1; i <= PLAIN.length() + NANO_DIGITS; i++) {
			nanos = nanos * 10 + ((i < text.length() - 1) ? text.charAt(i) - '0' : 0);
		}
		return LocalDateTime
			.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13), number(text, 14, 16),
					number(text, 17, 19), nanos)
			.toInstant(ZoneOffset.UTC);
	}

	private static int number(String text, int from, int to) {
		return Integer.parseInt(text, from, to, 10);
	}

}
