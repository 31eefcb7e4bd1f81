package io.rollcall.reconciler.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.model.Reason;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.mapping.Text;
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
	 */
	record Include(Map<String, @Nullable String> fields, @Nullable String email, @Nullable String emailKey,
			@Nullable Reason held) implements Decision {

		public Include {
			fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
		}

	}

	/** What the rules say. */
	static Decision of(Rules rules, Facts facts) {
		if (facts.kind() != ObjectKind.USER || !facts.wasRead()) {
			return new Nothing();
		}
		for (ScopeRule rule : ScopeRule.values()) {
			if (rule.applies(rules)) {
				if (!rule.canTell(facts)) {
					return new Nothing();
				}
				Reason reason = rule.reason(rules, facts);
				if (reason != null) {
					return new Leave(reason);
				}
			}
		}
		return include(rules, facts.attributes());
	}

	/**
	 * The e-mail key that the directory gives to a user, in scope or not; null for one
	 * that is gone.
	 */
	static @Nullable String emailKeyOf(Facts facts) {
		String email = facts.lives() ? email(facts.attributes()) : null;
		return (email != null) ? EmailKeys.of(email) : null;
	}

	private static Include include(Rules rules, Attributes attributes) {
		Map<String, @Nullable String> fields = new LinkedHashMap<>();
		Reason held = null;
		String name = displayName(attributes);
		if (name != null) {
			fields.put(Account.DISPLAY_NAME, name);
		}
		else {
			held = Reason.of(Reason.Code.NAME_MISSING);
		}
		rules.fields().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach((mapping) -> {
			if (attributes.values().containsKey(mapping.getValue())) {
				fields.put(mapping.getKey(), text(attributes, mapping.getValue()));
			}
		});
		String email = email(attributes);
		String key = (email != null) ? EmailKeys.of(email) : null;
		if (held == null && email == null) {
			held = Reason.of(Reason.Code.EMAIL_MISSING);
		}
		else if (held == null && key == null) {
			held = Reason.of(Reason.Code.EMAIL_INVALID, "email", String.valueOf(email));
		}
		return new Include(fields, (key != null) ? email : null, key, held);
	}

	/** The display name; when the directory has none, given name and surname joined. */
	private static @Nullable String displayName(Attributes attributes) {
		String name = text(attributes, "displayName");
		if (name != null) {
			return name;
		}
		String given = text(attributes, "givenName");
		String surname = text(attributes, "surname");
		return (given == null || surname == null) ? ((given != null) ? given : surname) : given + " " + surname;
	}

	/** {@code mail}; when the directory has none, the user principal name. */
	private static @Nullable String email(Attributes attributes) {
		String mail = text(attributes, "mail");
		return (mail != null) ? mail : text(attributes, "userPrincipalName");
	}

	private static @Nullable String text(Attributes attributes, String name) {
		String text = switch (attributes.values().get(name)) {
			case String string -> Text.clean(string);
			case Number number -> number.toString();
			case Boolean flag -> flag.toString();
			case null, default -> "";
		};
		return text.isEmpty() ? null : text;
	}

}
