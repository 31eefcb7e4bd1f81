package io.rollcall.reconciler.rules;

import java.text.Normalizer;
import java.util.Locale;

import com.ibm.icu.text.IDNA;
import io.rollcall.reconciler.rules.mapping.Text;
import org.jspecify.annotations.Nullable;

/**
 * The form of an e-mail address that no two accounts of an organization share: NFKC,
 * lower case, without invisible characters, the domain by UTS 46 (non-transitional, so
 * that {@code straße.de} is not {@code strasse.de}).
 */
public final class EmailKeys {

	private static final int LONGEST = 254;

	private static final int LONGEST_LOCAL = 64;

	private static final IDNA UTS46 = IDNA
		.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

	private EmailKeys() {
	}

	/** The key of an address, or null when it cannot be an address. */
	public static @Nullable String of(String address) {
		String email = Text.isPlain(address) ? address.strip().toLowerCase(Locale.ROOT)
				: Normalizer.normalize(Text.clean(address), Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
		int at = email.lastIndexOf('@');
		if (at < 1 || at > LONGEST_LOCAL || at == email.length() - 1 || email.length() > LONGEST) {
			return null;
		}
		String local = email.substring(0, at);
		for (int i = 0; i < at; i++) {
			char c = local.charAt(i);
			if (c <= ' ' || "@,;<>".indexOf(c) >= 0) {
				return null;
			}
		}
		String domain = domain(email.substring(at + 1));
		return (domain != null) ? local + "@" + domain : null;
	}

	private static @Nullable String domain(String domain) {
		String ascii = domain;
		if (!Text.isPlain(domain) || domain.contains("xn--")) {
			IDNA.Info info = new IDNA.Info();
			ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
			if (info.hasErrors()) {
				return null;
			}
		}
		return isHostName(ascii) ? ascii : null;
	}

	/** Labels of letters, digits and hyphens, which do not begin or end with a hyphen. */
	private static boolean isHostName(String name) {
		char before = '.';
		for (int i = 0; i <= name.length(); i++) {
			char c = (i < name.length()) ? name.charAt(i) : '.';
			boolean ok = switch (c) {
				case '.' -> before != '.' && before != '-';
				case '-' -> before != '.';
				default -> inHostName(c);
			};
			if (!ok) {
				return false;
			}
			before = c;
		}
		return true;
	}

	private static boolean inHostName(int c) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
	}

}
