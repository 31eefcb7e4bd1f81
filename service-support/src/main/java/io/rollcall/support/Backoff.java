package io.rollcall.support;

import java.time.Duration;

/**
 * Exponential waits with jitter, for ever.
 *
 * @param first the wait after the first failure, before jitter
 * @param longest no wait is longer
 */
public record Backoff(Duration first, Duration longest) {

	private static final int ENOUGH_DOUBLINGS = 20;

	public Backoff {
		if (!first.isPositive() || longest.compareTo(first) < 0) {
			throw new IllegalArgumentException(
					"the first wait (%s) must be positive and not longer than the longest (%s)".formatted(first,
							longest));
		}
	}

	/**
	 * The wait after a failure.
	 * @param failures how many came one after the other, at least 1
	 * @param jitter from 0 to 1, by chance: the wait is between half and the whole of
	 * what the count gives
	 */
	public Duration after(int failures, double jitter) {
		long full = this.first.toMillis() << Math.min(Math.max(failures - 1, 0), ENOUGH_DOUBLINGS);
		long bounded = (full > 0) ? Math.min(full, this.longest.toMillis()) : this.longest.toMillis();
		return Duration.ofMillis(Math.round(bounded * (0.5 + 0.5 * jitter)));
	}

}
