package io.rollcall.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The order of requests to Graph for one connection: an owner's epoch (31 bits) and its
 * counter (22 bits). 53 bits, so the number is exact in JSON wherever it is read. Taken
 * before a request is sent.
 */
public record Sequence(@JsonValue long value) implements Comparable<Sequence> {

	private static final int COUNTER_BITS = 22;

	private static final long LARGEST_COUNTER = (1L << COUNTER_BITS) - 1;

	private static final long LARGEST = (1L << 53) - 1;

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public Sequence {
		if (value < 0 || value > LARGEST) {
			throw new IllegalArgumentException("sequence must be 0 to 2^53 - 1, is " + value);
		}
	}

	/**
	 * The sequence of an epoch's counter; an owner whose counter is used up must take a
	 * new epoch.
	 */
	public static Sequence of(long epoch, long counter) {
		if (epoch < 0 || epoch > LARGEST >> COUNTER_BITS) {
			throw new IllegalArgumentException("epoch must be 0 to 2^31 - 1, is " + epoch);
		}
		if (counter < 0 || counter > LARGEST_COUNTER) {
			throw new IllegalArgumentException("counter must be 0 to 2^22 - 1, is " + counter);
		}
		return new Sequence(epoch << COUNTER_BITS | counter);
	}

	@Override
	public int compareTo(Sequence other) {
		return Long.compare(this.value, other.value);
	}

}
