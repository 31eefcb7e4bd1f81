package io.rollcall.embedded.mongod;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what {@code mongod --version} says. */
final class MongodVersion {

	/** Rollcall needs 6.0 or later. */
	static final int OLDEST = 6;

	private static final Pattern SAID = Pattern.compile("db version v(\\d+)(\\.\\d+)*\\S*");

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private MongodVersion() {
	}

	/** The version in the output, or an empty string. */
	static String in(String output) {
		Matcher said = SAID.matcher(output);
		return said.find() ? said.group().substring("db version v".length()) : "";
	}

	static boolean isTooOld(String version) {
		Matcher major = NUMBER.matcher(version);
		return !major.find() || Integer.parseInt(major.group()) < OLDEST;
	}

	/** Orders 10.0 after 9.3. */
	static String sortable(String version) {
		return NUMBER.matcher(version)
			.results()
			.map(MatchResult::group)
			.map((number) -> "0".repeat(Math.max(0, 8 - number.length())) + number)
			.collect(Collectors.joining("."));
	}

}
