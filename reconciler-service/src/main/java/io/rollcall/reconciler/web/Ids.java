package io.rollcall.reconciler.web;

import java.util.function.Function;

/** Ids as callers write them. */
final class Ids {

	private Ids() {
	}

	/** The id, or an error that says what is wrong with it. */
	static <T> T of(Function<String, T> type, String text) {
		try {
			return type.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw Problems.invalid(String.valueOf(ex.getMessage()));
		}
	}

}
