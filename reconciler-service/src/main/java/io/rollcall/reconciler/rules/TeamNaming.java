package io.rollcall.reconciler.rules;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How the team of a manager is named.
 *
 * @param language whose words are taken
 * @param pattern what is taken instead of them: {@value #MANAGER} is the manager's name;
 * null for the language's own
 */
public record TeamNaming(Language language, @Nullable String pattern) {

	/** Where the manager's name goes. */
	public static final String MANAGER = "{manager}";

	/** What a manager's team is called. */
	public String nameOf(String manager) {
		return (this.pattern != null) ? this.pattern.replace(MANAGER, manager) : this.language.nameOf(manager);
	}

	/** The languages that a name can be in. */
	public enum Language {

		EN {

			@Override
			String nameOf(String manager) {
				return manager + "'s Team";
			}

		},
		DE {

			@Override
			String nameOf(String manager) {
				return "Team von " + manager;
			}

		},
		NL {

			@Override
			String nameOf(String manager) {
				return "Team van " + manager;
			}

		},
		SV {

			@Override
			String nameOf(String manager) {
				return manager + (isSibilant(manager) ? "" : "s") + " team";
			}

		},
		NB {

			@Override
			String nameOf(String manager) {
				return manager + (isSibilant(manager) ? "'" : "s") + " team";
			}

		};

		abstract String nameOf(String manager);

		/** Swedish and Norwegian put no second s behind such a name. */
		private static boolean isSibilant(String name) {
			String end = name.substring(Math.max(0, name.length() - 1)).toLowerCase(Locale.ROOT);
			return "s".equals(end) || "x".equals(end) || "z".equals(end);
		}

	}

}
