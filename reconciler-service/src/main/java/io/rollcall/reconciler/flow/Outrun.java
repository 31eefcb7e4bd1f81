package io.rollcall.reconciler.flow;

/**
 * Somebody else wrote a document between our read and our write: the batch is delivered
 * again and decides again.
 */
public final class Outrun extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public Outrun(String message) {
		super(message);
	}

}
