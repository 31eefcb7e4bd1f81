package io.rollcall.reconciler.rules.scope;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.model.Reason;

/**
 * What one rule says about a user.
 *
 * @param parameters what the sentence about it needs, such as {@code group} or
 * {@code attribute}; {@code ScopeRule} says which
 */
public record Verdict(ScopeRule rule, Word word, Map<String, String> parameters) {

	public Verdict {
		parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
	}

	/** Why the user is in or out. */
	public Reason reason() {
		return this.rule.reason(this.parameters);
	}

	/** What a rule can say. */
	public enum Word {

		/** The user is in, unless another rule says out. */
		IN,
		/** The user is out. */
		OUT,
		/** This rule is not about the user. */
		NOTHING,
		/** It looks at what was never read. */
		UNREAD,
		/** It looks at members whom Graph does not show to us. */
		HIDDEN

	}

}
