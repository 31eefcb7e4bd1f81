package io.rollcall.reconciler.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.Reason;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.mapping.Source;
import io.rollcall.reconciler.rules.mapping.Value;
import io.rollcall.reconciler.rules.scope.ScopeRule;
import io.rollcall.reconciler.rules.scope.Verdict;
import org.jspecify.annotations.Nullable;

/** What the rules say about one directory user, before other accounts are looked at. */
public sealed interface Decision {

	/** Not known well enough: everything stays as it is. */
	record Nothing() implements Decision {
	}

	/** Has no place here, or none any more. */
	record Leave(Reason reason) implements Decision {
	}

	/**
	 * Has an account.
	 *
	 * @param fields without the e-mail address; null is empty, a field that is absent was
	 * never read and stays as it is
	 * @param email null where the directory has none that can be used
	 * @param emailKey of the address
	 * @param held why one of the fields that every account must have waits
	 * @param reason why it is in
	 */
	record Include(Map<String, @Nullable String> fields, @Nullable String email, @Nullable String emailKey,
			@Nullable Reason held, Reason reason) implements Decision {

		public Include {
			fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
		}

	}

	/**
	 * What the rules say.
	 * @param containers of those that the user is in
	 */
	static Decision of(Rules rules, Facts facts, Containers containers) {
		if (isUndecided(facts)) {
			return new Nothing();
		}
		Verdict verdict = ScopeRule.decide(rules.scope(), new FactsCandidate(facts, containers));
		return switch (verdict.word()) {
			case OUT -> new Leave(verdict.reason());
			case IN -> include(rules, facts, verdict.reason());
			case NOTHING, UNREAD, HIDDEN -> new Nothing();
		};
	}

	/**
	 * What each rule says about who is in, in order; the first {@link ScopeRule#decide
	 * decides}. Empty where nothing is known about the user.
	 */
	static List<Verdict> explain(Rules rules, Facts facts, Containers containers) {
		return isUndecided(facts) ? List.of() : ScopeRule.explain(rules.scope(), new FactsCandidate(facts, containers));
	}

	private static boolean isUndecided(Facts facts) {
		return facts.kind() != ObjectKind.USER || (!facts.wasRead() && facts.departure() == null);
	}

	/**
	 * The e-mail key that the directory gives to a user, in scope or not; null for one
	 * that is gone.
	 */
	static @Nullable String emailKeyOf(Rules rules, Facts facts) {
		String email = facts.lives() ? rules.mapping().email().of(facts.attributes()) : null;
		return (email != null) ? EmailKeys.of(email) : null;
	}

	private static Include include(Rules rules, Facts facts, Reason reason) {
		Source source = new Source(facts.key().object(), facts.attributes());
		Map<String, @Nullable String> fields = new LinkedHashMap<>();
		Reason held = null;
		Value name = rules.mapping().displayName().of(source);
		if (name.text() != null) {
			fields.put(Account.DISPLAY_NAME, name.text());
		}
		else if (name == Value.EMPTY) {
			held = Reason.of(Reason.Code.NAME_MISSING);
		}
		rules.mapping().put(source, fields);
		String email = rules.mapping().email().of(facts.attributes());
		String key = (email != null) ? EmailKeys.of(email) : null;
		if (held == null && email == null) {
			held = Reason.of(Reason.Code.EMAIL_MISSING);
		}
		else if (held == null && key == null) {
			held = Reason.of(Reason.Code.EMAIL_INVALID, "email", String.valueOf(email));
		}
		return new Include(fields, (key != null) ? email : null, key, held, reason);
	}

}
