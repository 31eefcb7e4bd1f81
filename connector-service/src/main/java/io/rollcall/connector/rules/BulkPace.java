package io.rollcall.connector.rules;

import java.time.Duration;

/**
 * How fast a bulk run may go: Graph is the buffer, so that one tenant's first sync does
 * not delay another's rename. Asked before each slice of a page that is published.
 *
 * @param ahead how much of the reconciler's work may wait on the topic
 * @param least records that may always wait, so that its batches stay full
 */
public record BulkPace(Duration ahead, long least) {

	public static final BulkPace DEFAULT = new BulkPace(Duration.ofMillis(200), 250);

	/** How many records of a page are published at once. */
	public static final int SLICE = 100;

	private static final Duration SHORTEST = Duration.ofMillis(20);

	private static final Duration LONGEST = Duration.ofSeconds(1);

	/**
	 * How long to wait before it is asked again whether the next slice may be published;
	 * zero to publish it. A reconciler that does nothing is asked for without end.
	 * @param lag records that wait for the reconciler
	 * @param perSecond records it does in a second, 0 if not known
	 */
	public Duration pause(long lag, double perSecond) {
		double allowed = Math.max(this.least, perSecond * this.ahead.toMillis() / 1000);
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

}
