package io.rollcall.model;

/**
 * Where one observation stands among all of its connection: its request's sequence, then
 * its place among the records that request gave.
 */
public record Stamp(Sequence sequence, int index) implements Comparable<Stamp> {

	/** Before every observation. */
	public static final Stamp NONE = new Stamp(new Sequence(0), 0);

	public Stamp {
		if (index < 0) {
			throw new IllegalArgumentException("index must not be negative, is " + index);
		}
	}

	@Override
	public int compareTo(Stamp other) {
		int bySequence = this.sequence.compareTo(other.sequence);
		return (bySequence != 0) ? bySequence : Integer.compare(this.index, other.index);
	}

	public boolean isAfter(Stamp other) {
		return compareTo(other) > 0;
	}

	@Override
	public String toString() {
		return this.sequence.value() + ":" + this.index;
	}

}
