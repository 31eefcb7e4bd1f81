package io.rollcall.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Codes that lead to words and to nothing else are open: a later version may say one that
 * this version does not know. It is read as {@code UNKNOWN}, its text kept beside its
 * parameters.
 */
public final class Codes {

	/** The parameter that keeps the text of a code that is not known. */
	public static final String TEXT = "unknown";

	private Codes() {
	}

	/** What is made of a code as it came, and of its parameters. */
	public static <C extends Enum<C>, T> T read(C unknown, String text, Map<String, String> parameters,
			BiFunction<C, Map<String, String>, T> make) {
		return Arrays.stream(unknown.getDeclaringClass().getEnumConstants())
			.filter((code) -> code.name().equals(text))
			.findFirst()
			.map((known) -> make.apply(known, parameters))
			.orElseGet(() -> {
				Map<String, String> kept = new LinkedHashMap<>(parameters);
				kept.put(TEXT, text);
				return make.apply(unknown, kept);
			});
	}

}
