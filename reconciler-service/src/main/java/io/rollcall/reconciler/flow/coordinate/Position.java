package io.rollcall.reconciler.flow.coordinate;

/**
 * A place in what is told about a connection. A topic that was made anew has another id,
 * and begins anew.
 */
public record Position(String topic, long offset) {

	static final Position NONE = new Position("", -1);

	/** Whether an event at this place is not counted in yet where another one is. */
	boolean isAfter(Position other) {
		return !this.topic.equals(other.topic) || this.offset > other.offset;
	}

	@Override
	public String toString() {
		return this.topic + ":" + this.offset;
	}

}
