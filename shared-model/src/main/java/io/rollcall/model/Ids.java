package io.rollcall.model;

/**
 * What every id must be: 1 to 128 characters, none of them a colon (colons join ids into
 * record keys) or white space.
 */
final class Ids {

	private static final int LONGEST = 128;

	private Ids() {
	}

	static void check(String name, String value) {
		if (value.isEmpty() || value.length() > LONGEST) {
			throw new IllegalArgumentException(
					"%s must have 1 to %d characters, has %d".formatted(name, LONGEST, value.length()));
		}
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == ':' || c <= ' ') {
				throw new IllegalArgumentException(
						"%s '%s' must not contain a colon, white space or control characters".formatted(name, value));
			}
		}
	}

}
