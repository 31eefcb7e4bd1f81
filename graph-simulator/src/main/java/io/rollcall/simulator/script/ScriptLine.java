package io.rollcall.simulator.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One line of a script: when, and the words of the act.
 *
 * @param period repeated so often; null for once
 * @param delay the first time after this
 */
record ScriptLine(@Nullable Duration period, Duration delay, List<String> words, String text) {

	private static final Pattern WORD = Pattern
		.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"]+)(?:\"((?:[^\"\\\\]|\\\\.)*)\")?");

	private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)/(s|m|min|h)");

	private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|min|h)");

	/** Lines that say something: comments and empty ones are left out. */
	static List<ScriptLine> parse(String script) {
		return script.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.map(ScriptLine::line)
			.toList();
	}

	private static ScriptLine line(String text) {
		List<String> words = words(text);
		if (words.size() > 2) {
			List<String> rest = words.subList(2, words.size());
			switch (words.getFirst()) {
				case "every" -> {
					Duration period = duration(words.get(1), text);
					return new ScriptLine(period, period, rest, text);
				}
				case "at" -> {
					return new ScriptLine(rate(words.get(1), text), Duration.ZERO, rest, text);
				}
				case "after" -> {
					return new ScriptLine(null, duration(words.get(1), text), rest, text);
				}
				default -> {
				}
			}
		}
		return new ScriptLine(null, Duration.ZERO, words, text);
	}

	boolean now() {
		return this.period == null && this.delay.isZero();
	}

	/** Quotes hold words together, also behind an equals sign. */
	private static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		Matcher matcher = WORD.matcher(text);
		while (matcher.find() && !matcher.group().equals("#")) {
			if (matcher.group(1) != null) {
				words.add(unescape(matcher.group(1)));
			}
			else {
				words.add(matcher.group(2) + ((matcher.group(3) != null) ? unescape(matcher.group(3)) : ""));
			}
		}
		return words;
	}

	private static String unescape(String quoted) {
		return quoted.replaceAll("\\\\(.)", "$1");
	}

	private static Duration rate(String word, String line) {
		Matcher matcher = RATE.matcher(word);
		if (!matcher.matches() || Double.parseDouble(matcher.group(1)) <= 0) {
			throw new ScriptRefused("'%s' is no rate; write for example: at 5/s join @random @random".formatted(word),
					line);
		}
		return Duration.ofNanos((long) (unit(matcher.group(2)).toNanos() / Double.parseDouble(matcher.group(1))));
	}

	private static Duration duration(String word, String line) {
		Matcher matcher = DURATION.matcher(word);
		if (!matcher.matches()) {
			throw new ScriptRefused("'%s' is no duration; write for example 500ms, 2s, 5m or 1h".formatted(word), line);
		}
		return Duration.ofNanos((long) (unit(matcher.group(2)).toNanos() * Double.parseDouble(matcher.group(1))));
	}

	private static Duration unit(String name) {
		return switch (name) {
			case "ms" -> Duration.ofMillis(1);
			case "s" -> Duration.ofSeconds(1);
			case "m", "min" -> Duration.ofMinutes(1);
			default -> Duration.ofHours(1);
		};
	}

}
