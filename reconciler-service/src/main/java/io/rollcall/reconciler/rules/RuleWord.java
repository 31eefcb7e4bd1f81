package io.rollcall.reconciler.rules;

import java.util.Arrays;
import java.util.List;

import io.rollcall.model.Reason;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says about a directory user, whether or not it decides.
 *
 * @param reason why the user leaves, where the rule says so
 */
public record RuleWord(String rule, Says says, @Nullable Reason reason) {

	/**
	 * The words of all rules, in their order: the first that is not in favour decides.
	 * None about what is no user.
	 */
	public static List<RuleWord> of(Rules rules, Facts facts) {
		return (facts.kind() != ObjectKind.USER) ? List.of() : Arrays.stream(ScopeRule.values()).map((rule) -> of(rule, rules, facts)).toList();
	}

	private static RuleWord of(ScopeRule rule, Rules rules, Facts facts) {
		if (!rule.applies(rules)) {
			return new RuleWord(rule.name(), Says.NOT_ASKED, null);
		}
		if (!rule.canTell(facts)) {
			return new RuleWord(rule.name(), Says.CANNOT_TELL, null);
		}
		Reason reason = rule.reason(rules, facts);
		return new RuleWord(rule.name(), (reason != null) ? Says.LEAVE : Says.STAY, reason);
	}

	/** What a rule can say. */
	public enum Says {

		/** The organization's rules do not have it. */
		NOT_ASKED,
		/** It looks at what was never read: everything stays as it is. */
		CANNOT_TELL,
		/** It has nothing against the user. */
		STAY,
		/** The user has no place here. */
		LEAVE

	}

}
