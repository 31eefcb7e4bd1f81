package io.rollcall.reconciler.flow.apply;

/** A document was written by somebody else meanwhile: read and decide again. */
public final class WrittenByOthers extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public WrittenByOthers(String message) {
		super(message, null, false, false);
	}

}
