package io.rollcall.reconciler.flow.coordinate;

/**
 * A write met another version than was read: somebody else owns the connection now, or
 * did until a moment ago. Whoever meets this reads everything again.
 */
public final class TakenOver extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public TakenOver(String what) {
		super(what + " was written by somebody else meanwhile");
	}

}
