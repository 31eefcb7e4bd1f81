package io.rollcall.reconciler.rules.scope;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.rollcall.reconciler.rules.mapping.Catalogue;
import org.jspecify.annotations.Nullable;

/** What is wrong with a condition: the first thing, where it is, and what to do. */
final class ConditionCheck {

	private static final int DEEPEST = 10;

	private static final int MOST_CONDITIONS = 100;

	private static final int MOST_TEXTS = 500;

	private static final int LONGEST_TEXT = 500;

	private final Catalogue catalogue;

	private int conditions;

	ConditionCheck(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	Optional<String> of(String place, Condition condition) {
		return Optional.ofNullable(problem(place, condition, 1));
	}

	private @Nullable String problem(String place, Condition condition, int depth) {
		if (depth > DEEPEST) {
			return "%s: conditions can be nested %d deep at most".formatted(place, DEEPEST);
		}
		if (++this.conditions > MOST_CONDITIONS) {
			return "%s: there can be %d conditions at most; \"in\" compares with many texts at once".formatted(place,
					MOST_CONDITIONS);
		}
		long parts = Stream.of(condition.all(), condition.any(), condition.not(), condition.attribute())
			.filter(Objects::nonNull)
			.count();
		if (parts != 1) {
			return ("%s needs exactly one of \"all\", \"any\", \"not\" and \"attribute\", has %d").formatted(place,
					parts);
		}
		return (condition.attribute() != null) ? comparison(place, condition.attribute(), condition)
				: parts(place, condition, depth);
	}

	private @Nullable String parts(String place, Condition condition, int depth) {
		if (comparisons(condition) > 0) {
			return place + ": what an attribute is compared with stands beside \"attribute\"";
		}
		if (condition.not() != null) {
			return problem(place + ".not", condition.not(), depth + 1);
		}
		String name = (condition.all() != null) ? ".all" : ".any";
		List<Condition> parts = condition.children();
		if (parts.isEmpty()) {
			return place + name + " is empty: give at least one condition, or leave it out";
		}
		for (int i = 0; i < parts.size(); i++) {
			String problem = problem("%s%s[%d]".formatted(place, name, i), parts.get(i), depth + 1);
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private @Nullable String comparison(String place, String attribute, Condition condition) {
		String unknown = this.catalogue.problemOf(attribute, true);
		if (unknown != null) {
			return "%s.attribute: %s".formatted(place, unknown);
		}
		long comparisons = comparisons(condition);
		if (comparisons != 1) {
			return "%s needs exactly one of \"equals\", \"in\", \"startsWith\" and \"present\", has %d".formatted(place,
					comparisons);
		}
		List<String> texts = (condition.in() != null) ? condition.in()
				: Stream.of(condition.equals(), condition.startsWith()).filter(Objects::nonNull).toList();
		if (condition.present() == null && texts.isEmpty()) {
			return place + ".in is empty: give at least one text";
		}
		if (texts.size() > MOST_TEXTS) {
			return "%s.in has %d texts, and can have %d at most".formatted(place, texts.size(), MOST_TEXTS);
		}
		return texts.stream().anyMatch((text) -> text.isBlank() || text.length() > LONGEST_TEXT)
				? ("%s: a text to compare with has 1 to %d characters; \"present\" asks whether there is a value")
					.formatted(place, LONGEST_TEXT)
				: null;
	}

	private static long comparisons(Condition condition) {
		return Stream.of(condition.equals(), condition.in(), condition.startsWith(), condition.present())
			.filter(Objects::nonNull)
			.count();
	}

}
