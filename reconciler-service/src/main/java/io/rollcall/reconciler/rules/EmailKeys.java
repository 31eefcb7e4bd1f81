package io.rollcall.reconciler.rules;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The form of an e-mail address that no two accounts of an organization share: NFKC,
 * lower case, domain in IDNA.
 */
public final class EmailKeys {

	private static final int LONGEST = 254;

	private static final int LONGEST_LOCAL = 64;

	private EmailKeys() {
	}

	/** The key of an address, or null when it cannot be an address. */
	public static @Nullable String of(String address) {
		String email = plain(address) ? address.toLowerCase(Locale.ROOT)
				: Normalizer.normalize(address.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
		int at = email.lastIndexOf('@');
		if (at < 1 || at > LONGEST_LOCAL || at == email.length() - 1 || email.length() > LONGEST) {
			return null;
		}
		String local = email.substring(0, at);
		if (local.chars().anyMatch((c) -> c <= ' ' || c == '@' || c == ',' || c == ';' || c == '<' || c == '>')) {
			return null;
		}
		String domain = domain(email.substring(at + 1));
		return (domain != null) ? local + "@" + domain : null;
	}

	private static @Nullable String domain(String domain) {
		try {
			String ascii = (plain(domain) ? domain : IDN.toASCII(domain)).toLowerCase(Locale.ROOT);
			for (String label : ascii.split("\\.", -1)) {
				if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")
						|| !label.chars().allMatch(EmailKeys::inHostName)) {
					return null;
				}
			}
			return ascii;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean inHostName(int c) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
	}

	private static boolean plain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c <= ' ' || c > '~') {
				return false;
			}
		}
		return true;
	}

}
