package io.rollcall.reconciler.web;

import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

/** Who asks for something. */
record Act(@Nullable String by) {

	private static final int LONGEST = 200;

	/** The person, or an error that says that one is needed. */
	String person() {
		if (this.by == null || this.by.isBlank() || this.by.length() > LONGEST) {
			throw Problems.invalid("\"by\" must say who asks for it, in 1 to %d characters".formatted(LONGEST));
		}
		return this.by;
	}

}
