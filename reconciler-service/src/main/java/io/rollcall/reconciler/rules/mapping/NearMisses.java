package io.rollcall.reconciler.rules.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What somebody may have meant who wrote a name that there is not. */
final class NearMisses {

	private static final int MOST = 3;

	private static final int SHORTEST_PART = 4;

	private static final int LONGEST = 64;

	private NearMisses() {
	}

	/** {@code : did you mean 'department'?}; empty when nothing is near. */
	static String question(String name, Collection<String> known) {
		List<String> near = (name.length() <= LONGEST) ? near(name, known) : List.of();
		return near.isEmpty() ? "" : near.stream().collect(Collectors.joining("' or '", ": did you mean '", "'?"));
	}

	private static List<String> near(String name, Collection<String> known) {
		return known.stream()
			.map((each) -> Map.entry(each, distance(name, each)))
			.filter((each) -> each.getValue() <= Math.clamp(name.length() / 3, 1, 3))
			.sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
			.limit(MOST)
			.map(Map.Entry::getKey)
			.toList();
	}

	/** How many letters are different; whoever wrote a part of a name is near to it. */
	private static int distance(String name, String known) {
		String one = name.toLowerCase(Locale.ROOT);
		String other = known.toLowerCase(Locale.ROOT);
		String last = other.substring(other.lastIndexOf('.') + 1);
		int letters = Math.min(letters(one, other), letters(one, last));
		return (letters > 1 && one.length() >= SHORTEST_PART && last.contains(one)) ? 1 : letters;
	}

	/**
	 * Letters that are wrong, missing or too many, two that are swapped counting as one.
	 */
	private static int letters(String one, String other) {
		int[][] wrong = new int[one.length() + 1][other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			for (int j = 0; j <= other.length(); j++) {
				if (i == 0 || j == 0) {
					wrong[i][j] = i + j;
					continue;
				}
				int same = (one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1;
				wrong[i][j] = Math.min(wrong[i - 1][j - 1] + same, 1 + Math.min(wrong[i - 1][j], wrong[i][j - 1]));
				if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
						&& one.charAt(i - 2) == other.charAt(j - 1)) {
					wrong[i][j] = Math.min(wrong[i][j], wrong[i - 2][j - 2] + 1);
				}
			}
		}
		return wrong[one.length()][other.length()];
	}

}
