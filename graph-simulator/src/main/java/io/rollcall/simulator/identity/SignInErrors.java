package io.rollcall.simulator.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Every error of Entra ID that a sync can meet, by its number. */
public final class SignInErrors {

	private static final Map<Integer, SignInError> BY_CODE = read();

	private SignInErrors() {
	}

	public static Collection<SignInError> all() {
		return BY_CODE.values();
	}

	public static boolean knows(@Nullable String code) {
		return code != null && code.matches("[0-9]{1,9}") && BY_CODE.containsKey(Integer.valueOf(code));
	}

	static SignInError get(int code) {
		SignInError error = BY_CODE.get(code);
		if (error == null) {
			throw new IllegalArgumentException("AADSTS%d is not known".formatted(code));
		}
		return error;
	}

	private static Map<Integer, SignInError> read() {
		try (InputStream in = Objects.requireNonNull(SignInErrors.class.getResourceAsStream("sign-in-errors.tsv"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.map((line) -> line.split("\t", -1))
				.map((cells) -> new SignInError(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), cells[2],
						cells[3].isEmpty() ? null : cells[3], cells[4].contains("t"), cells[4].contains("c"), cells[5]))
				.collect(Collectors.toMap(SignInError::code, Function.identity(), (one, other) -> one, TreeMap::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
