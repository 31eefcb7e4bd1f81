package io.rollcall.reconciler.rules;

import io.rollcall.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Why a directory user has no place here: the first rule that has something to say
 * decides. A rule that looks at an attribute which was never read leaves the decision as
 * it is.
 */
enum ScopeRule {

	/** The directory does not have it any more. */
	DEPARTED(null) {

		@Override
		@Nullable Reason reason(Rules rules, Facts facts) {
			Departure departure = facts.departure();
			return (departure != null) ? departure.reason() : null;
		}

	},
	/** A person said so. */
	IGNORED(null) {

		@Override
		@Nullable Reason reason(Rules rules, Facts facts) {
			return facts.ignored() ? Reason.of(Reason.Code.IGNORED) : null;
		}

	},
	/** Guests, where they are out. */
	GUESTS("userType") {

		@Override
		boolean applies(Rules rules) {
			return !rules.scope().guests();
		}

		@Override
		@Nullable Reason reason(Rules rules, Facts facts) {
			return "Guest".equalsIgnoreCase(facts.attributes().text("userType"))
					? Reason.of(Reason.Code.OUT_OF_SCOPE, "rule", "guests") : null;
		}

	},
	/** Users whose directory account is disabled, where they are out. */
	DISABLED("accountEnabled") {

		@Override
		boolean applies(Rules rules) {
			return !rules.scope().disabled();
		}

		@Override
		@Nullable Reason reason(Rules rules, Facts facts) {
			return Boolean.FALSE.equals(facts.attributes().flag("accountEnabled")) ? Reason.of(Reason.Code.DISABLED)
					: null;
		}

	};

	private final @Nullable String attribute;

	ScopeRule(@Nullable String attribute) {
		this.attribute = attribute;
	}

	/** Whether the organization's rules have it. */
	boolean applies(Rules rules) {
		return true;
	}

	/** Whether the attribute that it looks at was ever read. */
	boolean canTell(Facts facts) {
		return this.attribute == null || facts.attributes().values().containsKey(this.attribute);
	}

	/** Why the user is out; null when this rule has nothing against it. */
	abstract @Nullable Reason reason(Rules rules, Facts facts);

}
