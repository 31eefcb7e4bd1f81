package io.rollcall.reconciler.web;

import java.util.regex.Pattern;

import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

/**
 * A role that a person gives.
 *
 * @param role null to take it
 */
record Role(@Nullable String role, @Nullable String by) {

	private static final Pattern ROLE = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");

	/** The role, or an error that says how one is written. */
	static String checked(@Nullable String role) {
		String given = RulesBody.present("role", role);
		if (!ROLE.matcher(given).matches()) {
			throw Problems
				.invalid("a role has a capital letter, then up to 31 capital letters, digits or _; '%s' has not"
					.formatted(given));
		}
		return given;
	}

}
