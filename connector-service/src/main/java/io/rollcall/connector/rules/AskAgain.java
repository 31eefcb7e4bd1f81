package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * When a chain is asked again: not so soon that each of many hints has a read of its own,
 * and also when nobody called, as delta can lag behind its own notification and
 * notifications get lost in silence.
 *
 * @param least the least time between two reads that hints ask for; those that come
 * meanwhile share the next
 * @param afterHint how long after the last hint, ascending
 * @param always at the latest this long after the chain was asked
 */
public record AskAgain(Duration least, List<Duration> afterHint, Duration always) {

	public AskAgain {
		afterHint = List.copyOf(afterHint);
	}

	/** When a chain for which hints have come may be asked. */
	public Instant hinted(@Nullable Instant asked) {
		return (asked != null) ? asked.plus(this.least) : Instant.MIN;
	}

	/**
	 * When the chain is asked next if no hint comes.
	 * @param hinted the last hint, if there was one
	 * @param asked when the chain was last asked; a chain that never was is asked at once
	 */
	public Instant next(@Nullable Instant hinted, @Nullable Instant asked) {
		if (asked == null) {
			return Instant.MIN;
		}
		Instant latest = asked.plus(this.always);
		if (hinted != null) {
			for (Duration wait : this.afterHint) {
				Instant again = hinted.plus(wait);
				if (again.isAfter(asked)) {
					return again.isBefore(latest) ? again : latest;
				}
			}
		}
		return latest;
	}

}
