package io.rollcall.connector.flow;

/** Something that must never be logged or returned. */
public record Secret(String value) {

	@Override
	public String toString() {
		return "(secret)";
	}

}
