package io.rollcall.benchmarks.scenario;

import java.util.Arrays;
import java.util.Collection;

/** Times in milliseconds, in order. */
record Percentiles(double[] sorted) {

	static Percentiles ofNanos(Collection<Long> nanos) {
		double[] millis = nanos.stream().mapToDouble((value) -> value / 1e6).toArray();
		Arrays.sort(millis);
		return new Percentiles(millis);
	}

	/** The time that so much of all does not exceed; not a number when there are none. */
	double at(double share) {
		if (this.sorted.length == 0) {
			return Double.NaN;
		}
		return this.sorted[(int) Math.min(this.sorted.length - 1L,
				Math.round(Math.ceil(share * this.sorted.length)) - 1)];
	}

}
