package io.rollcall.connector.rules;

import java.time.Duration;

/**
 * How fast a bulk run may go: Graph is the buffer, so that one tenant's first sync does
 * not delay another's rename. While nobody waits for a rename, more may lie before the
 * reconciler, whose large batches cost a fraction of small ones. Asked before each slice
 * of a page that is published.
 *
 * @param hinted while hints come
 * @param quiet while none come
 */
public record BulkPace(Ahead hinted, Ahead quiet) {

	private static final Duration SHORTEST = Duration.ofMillis(20);

	private static final Duration LONGEST = Duration.ofSeconds(1);

	private static final int SMALLEST_SLICE = 100;

	private static final int LARGEST_SLICE = 1_000;

	/**
	 * How much may lie before the reconciler.
	 *
	 * @param work how much of its work
	 * @param least records that always may, so that its batches stay full
	 */
	public record Ahead(Duration work, long least) {

		private double records(double perSecond) {
			return Math.max(this.least, perSecond * this.work.toMillis() / 1000);
		}

	}

	/** How many records of a page are published at once: half of what always may be. */
	public int slice(boolean hints) {
		return (int) Math.clamp(ahead(hints).least() / 2, SMALLEST_SLICE, LARGEST_SLICE);
	}

	/**
	 * How long to wait before it is asked again whether the next slice may be published;
	 * zero to publish it. A reconciler that does nothing is asked for without end.
	 * @param lag records that wait for the reconciler
	 * @param perSecond records it does in a second, 0 if not known
	 * @param hints whether hints come
	 */
	public Duration pause(long lag, double perSecond, boolean hints) {
		double allowed = ahead(hints).records(perSecond);
		if (lag <= allowed) {
			return Duration.ZERO;
		}
		if (perSecond <= 0) {
			return LONGEST;
		}
		Duration wait = Duration.ofMillis(Math.round((lag - allowed) / perSecond * 1000));
		if (wait.compareTo(SHORTEST) < 0) {
			return SHORTEST;
		}
		return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
	}

	private Ahead ahead(boolean hints) {
		return hints ? this.hinted : this.quiet;
	}

}
