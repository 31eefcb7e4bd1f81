package io.rollcall.reconciler.rules;

import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.model.directory.Attributes;
import org.jspecify.annotations.Nullable;

/** What the rules' mapping takes from a directory user's attributes. */
final class DirectoryUser {

	private final Attributes attributes;

	DirectoryUser(Attributes attributes) {
		this.attributes = attributes;
	}

	boolean guest() {
		return "Guest".equalsIgnoreCase(this.attributes.text("userType"));
	}

	boolean disabled() {
		return Boolean.FALSE.equals(this.attributes.flag("accountEnabled"));
	}

	/** The display name; when the directory has none, given name and surname joined. */
	@Nullable String displayName() {
		String name = text("displayName");
		if (name != null) {
			return name;
		}
		String given = text("givenName");
		String surname = text("surname");
		if (given == null || surname == null) {
			return (given != null) ? given : surname;
		}
		return given + " " + surname;
	}

	/** {@code mail}; when the directory has none, the user principal name. */
	@Nullable String email() {
		String mail = text("mail");
		return (mail != null) ? mail : text("userPrincipalName");
	}

	/** The account's fields; those whose attribute is empty are left out. */
	Map<String, String> fields(Rules rules, String displayName, String email) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put(Account.DISPLAY_NAME, displayName);
		fields.put(Account.EMAIL, email);
		rules.fields().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach((mapping) -> {
			String value = text(mapping.getValue());
			if (value != null) {
				fields.put(mapping.getKey(), value);
			}
		});
		return fields;
	}

	private @Nullable String text(String attribute) {
		Object value = this.attributes.values().get(attribute);
		String text = switch (value) {
			case String string -> string.strip();
			case Number number -> number.toString();
			case Boolean flag -> flag.toString();
			case null, default -> "";
		};
		return text.isEmpty() ? null : text;
	}

}
