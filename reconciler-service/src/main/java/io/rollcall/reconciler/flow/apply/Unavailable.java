package io.rollcall.reconciler.flow.apply;

/**
 * The database or the brokers do not answer: no batch of any connection can be applied,
 * and all wait.
 */
public final class Unavailable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public Unavailable(String message, Throwable cause) {
		super(message, cause);
	}

}
