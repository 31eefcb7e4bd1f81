package io.rollcall.reconciler.rules.guard;

/**
 * How many of one kind a sync may take away in 24 hours: the larger of a number and a
 * share of all there are, so that a small tenant is not held for one person and a large
 * one not let go of for thousands.
 *
 * @param absolute how many are always allowed
 * @param percent the share of the total that is allowed, 0 to 100
 */
public record Limit(long absolute, int percent) {

	public Limit {
		if (absolute < 0) {
			throw new IllegalArgumentException("a guard's absolute limit must not be negative, is " + absolute);
		}
		if (percent < 0 || percent > 100) {
			throw new IllegalArgumentException("a guard's percentage must be 0 to 100, is " + percent);
		}
	}

	/** How many of a total are allowed. */
	public long of(long total) {
		return Math.max(this.absolute, total * this.percent / 100);
	}

}
