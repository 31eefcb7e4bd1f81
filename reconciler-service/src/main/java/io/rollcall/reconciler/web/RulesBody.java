package io.rollcall.reconciler.web;

import java.util.HashSet;
import java.util.List;
import io.rollcall.reconciler.rules.Leavers;
import io.rollcall.reconciler.rules.Matching;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Rules as callers write them: all of them, so that nothing is set by being left out.
 * What is not known is an error, so that nothing is left out by being misspelt.
 *
 * @param version the version that they were made from; null for whichever is there
 */
record RulesBody(@Nullable Integer version, @Nullable ScopeBody scope, @Nullable MappingBody mapping,
		@Nullable TeamsBody teams, @Nullable Guard guard, @Nullable LeaversBody leavers,
		@Nullable MatchingBody matching, @Nullable String by) {

	static RulesBody of(Rules rules) {
		Rules.Guard guard = rules.guard();
		return new RulesBody(rules.version(), ScopeBody.of(rules.scope()), MappingBody.of(rules.mapping()),
				TeamsBody.of(rules.teams()),
				new Guard(guard.accounts(), guard.memberships(), guard.teams(), guard.addresses()),
				LeaversBody.of(rules.leavers()), MatchingBody.of(rules.matching()), null);
	}

	/**
	 * What they say; their version is given when they are published.
	 * @param catalogue of the attributes that a user can have
	 */
	Rules rules(Catalogue catalogue) {
		return new Rules(0, present("scope", this.scope).scope(catalogue),
				present("mapping", this.mapping).mapping(catalogue), present("teams", this.teams).teams(),
				present("guard", this.guard).checked(), present("leavers", this.leavers).checked(),
				present("matching", this.matching).checked());
	}

	static <T> T present(String name, @Nullable T value) {
		if (value == null) {
			throw Problems.invalid("\"%s\" is missing".formatted(name));
		}
		return value;
	}

	/** How many of each kind may go within 24 hours before a person is asked. */
	record Guard(Rules.@Nullable Limit accounts, Rules.@Nullable Limit memberships, Rules.@Nullable Limit teams,
			Rules.@Nullable Limit addresses) {

		private Rules.Guard checked() {
			return new Rules.Guard(checked("accounts", this.accounts), checked("memberships", this.memberships),
					checked("teams", this.teams), checked("addresses", this.addresses));
		}

		private static Rules.Limit checked(String kind, Rules.@Nullable Limit limit) {
			Rules.Limit given = present("guard." + kind, limit);
			if (given.percent() < 0 || given.percent() > 100 || given.floor() < 0 || given.ceiling() < given.floor()) {
				throw Problems.invalid(("guard.%s needs \"percent\" of 0 to 100, \"floor\" of at least 0 and "
						+ "\"ceiling\" not below it, has %d, %d and %d")
					.formatted(kind, given.percent(), given.floor(), given.ceiling()));
			}
			return given;
		}

	}

	/** What becomes of the accounts of those who leave. */
	record LeaversBody(Leavers.@Nullable Choice deleted, Leavers.@Nullable Choice disabled,
			Leavers.@Nullable Choice outOfScope) {

		private static LeaversBody of(Leavers leavers) {
			return new LeaversBody(leavers.deleted(), leavers.disabled(), leavers.outOfScope());
		}

		private Leavers checked() {
			return new Leavers(present("leavers.deleted", this.deleted), present("leavers.disabled", this.disabled),
					present("leavers.outOfScope", this.outOfScope));
		}

	}

	/** How somebody new finds an account that is there. */
	record MatchingBody(@Nullable List<Matching.Key> by, Matching.@Nullable Create create) {

		private static MatchingBody of(Matching matching) {
			return new MatchingBody(matching.by(), matching.create());
		}

		private Matching checked() {
			List<Matching.Key> keys = present("matching.by", this.by);
			if (keys.contains(null) || new HashSet<>(keys).size() < keys.size()) {
				throw Problems.invalid("\"matching.by\" names a key twice, or none: each of %s may be there once"
					.formatted(List.of(Matching.Key.values())));
			}
			return new Matching(keys, present("matching.create", this.create));
		}

	}

}
