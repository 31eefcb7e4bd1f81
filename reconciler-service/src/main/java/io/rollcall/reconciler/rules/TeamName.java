package io.rollcall.reconciler.rules;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A name that no other team of the organization has: the second of a name is number 2.
 * Directory groups do not take part, as the directory lets two of them have one name.
 *
 * @param base the name without its number
 */
public record TeamName(String base, int number) {

	/** The first of a name has no number. */
	public static TeamName first(String base) {
		return new TeamName(base, 1);
	}

	/** As people see it. */
	public String text() {
		return (this.number == 1) ? this.base : this.base + " " + this.number;
	}

	/** What no two teams of an organization share. */
	public String key() {
		return start(this.base) + this.number;
	}

	/** What the keys of all that have the same base begin with. */
	public static String start(String base) {
		return base.toLowerCase(Locale.ROOT) + "#";
	}

	/** What the keys of all begin with that have the same base as the one with a key. */
	public static String startOf(String key) {
		return key.substring(0, key.lastIndexOf('#') + 1);
	}

	/** Whether a key is that of the first of a name: then it needs no other number. */
	public static boolean isFirst(@Nullable String key, String base) {
		return first(base).key().equals(key);
	}

	/** The lowest number that no other team has. */
	public static TeamName lowest(String base, Collection<String> keysOfOthers) {
		Set<String> taken = keysOfOthers.stream().collect(Collectors.toSet());
		TeamName name = first(base);
		while (taken.contains(name.key())) {
			name = new TeamName(base, name.number + 1);
		}
		return name;
	}

}
