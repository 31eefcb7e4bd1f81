package io.rollcall.simulator.identity;

/** Ends a sign-in with an error. */
final class SignInRefused extends RuntimeException {

	private final int code;

	SignInRefused(int code, String message) {
		super(message, null, false, false);
		this.code = code;
	}

	int code() {
		return this.code;
	}

	String message() {
		return String.valueOf(getMessage());
	}

}
