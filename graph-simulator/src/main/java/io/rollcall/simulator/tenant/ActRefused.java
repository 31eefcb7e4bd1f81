package io.rollcall.simulator.tenant;

/** An act that cannot happen as things are, with a message that says why. */
public final class ActRefused extends RuntimeException {

	public ActRefused(String message) {
		super(message);
	}

}
