package io.rollcall.reconciler.rules;

import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/** What the rules say about a directory user, before other accounts are looked at. */
public final class Decisions {

	private Decisions() {
	}

	public static Decision decide(Rules rules, Facts facts) {
		Facts.Self self = facts.self();
		if (self == null || !facts.hasAttributes() || facts.kind() != ObjectKind.USER) {
			return new Decision.Nothing();
		}
		DirectoryUser user = new DirectoryUser(self.attributes());
		LeaverReason leaver = leaver(rules, facts, self, user);
		return (leaver != null) ? new Decision.Leave(leaver) : include(rules, facts, user);
	}

	private static @Nullable LeaverReason leaver(Rules rules, Facts facts, Facts.Self self, DirectoryUser user) {
		if (self.departure() != null) {
			return self.departure().reason();
		}
		if (facts.ignored()) {
			return LeaverReason.IGNORED;
		}
		if (user.guest() && !rules.scope().guests()) {
			return LeaverReason.OUT_OF_SCOPE;
		}
		return (user.disabled() && !rules.scope().disabled()) ? LeaverReason.DISABLED : null;
	}

	private static Decision include(Rules rules, Facts facts, DirectoryUser user) {
		String name = user.displayName();
		String email = user.email();
		String key = (email != null) ? EmailKeys.of(email) : null;
		if (name == null) {
			return new Decision.Hold(HeldReason.NAME_MISSING,
					"the directory has no display name, given name or surname",
					(email != null) ? email : facts.key().object().value(), key);
		}
		if (email == null) {
			return new Decision.Hold(HeldReason.EMAIL_MISSING, "the directory has neither mail nor user principal name",
					name, null);
		}
		if (key == null) {
			return new Decision.Hold(HeldReason.EMAIL_INVALID, "'" + email + "' is not an e-mail address", name, null);
		}
		return new Decision.Include(user.fields(rules, name, email), key);
	}

}
