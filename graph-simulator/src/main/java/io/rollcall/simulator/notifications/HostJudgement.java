package io.rollcall.simulator.notifications;

import java.time.Duration;

/**
 * Whether a host answers fast enough. More than a tenth of answers too slow: new
 * notifications wait; more than 15 % of repeated ones too slow: they are dropped. Judged
 * once there were 100 answers.
 */
final class HostJudgement {

	private static final int ENOUGH = 100;

	private static final double SLOW_SHARE = 0.10;

	private static final double DROP_SHARE = 0.15;

	private long began;

	private int answers;

	private int slow;

	private int repeated;

	private int repeatedSlow;

	private long slowUntil;

	private long dropUntil;

	/** How things stand with a host. */
	enum State {

		FINE, SLOW, DROP

	}

	synchronized State state(long now) {
		if (now < this.dropUntil) {
			return State.DROP;
		}
		return (now < this.slowUntil) ? State.SLOW : State.FINE;
	}

	synchronized void answered(boolean wasRepeated, boolean wasSlow, long now, Duration window) {
		if (now - this.began > window.toMillis()) {
			this.began = now;
			this.answers = 0;
			this.slow = 0;
			this.repeated = 0;
			this.repeatedSlow = 0;
		}
		if (wasRepeated) {
			this.repeated++;
			this.repeatedSlow += wasSlow ? 1 : 0;
		}
		else {
			this.answers++;
			this.slow += wasSlow ? 1 : 0;
		}
		if (this.answers >= ENOUGH && this.slow > this.answers * SLOW_SHARE) {
			this.slowUntil = now + window.toMillis();
		}
		if (this.repeated >= ENOUGH && this.repeatedSlow > this.repeated * DROP_SHARE) {
			this.dropUntil = now + window.toMillis();
		}
	}

}
