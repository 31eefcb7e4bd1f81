package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;

/**
 * How a connection's epoch rises with each owner. The seconds keep it above any epoch
 * that a database restored from a backup has forgotten.
 */
public final class Epochs {

	private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

	private static final long LARGEST = (1L << 31) - 1;

	private Epochs() {
	}

	/** The epoch after {@code previous}: at least the seconds since 2026 began. */
	public static long next(long previous, Instant now) {
		long next = Math.max(previous + 1, Math.max(0, Duration.between(ORIGIN, now).toSeconds()));
		if (next > LARGEST) {
			throw new IllegalArgumentException("epoch " + next + " does not fit into 31 bits");
		}
		return next;
	}

}
