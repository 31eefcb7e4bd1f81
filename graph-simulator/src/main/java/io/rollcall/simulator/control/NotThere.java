package io.rollcall.simulator.control;

/** Something named in the path does not exist. */
final class NotThere extends RuntimeException {

	NotThere(String message) {
		super(message);
	}

}
