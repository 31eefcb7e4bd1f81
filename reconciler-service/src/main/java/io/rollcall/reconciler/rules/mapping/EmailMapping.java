package io.rollcall.reconciler.rules.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.rollcall.model.directory.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Which of a user's addresses the account gets. A name with {@code #EXT#} is none: it
 * stands for the guest's own address.
 *
 * @param onMicrosoft whether an address below {@code onmicrosoft.com} will do, which a
 * user has before a mailbox is made; otherwise such a one counts as none
 */
public record EmailMapping(From from, boolean onMicrosoft) {

	static final EmailMapping STANDARD = new EmailMapping(From.MAIL_ELSE_UPN, false);

	private static final String OTHER_MAILS = "otherMails";

	private static final String GUEST = "#EXT#";

	/** What tenants get for nothing, in Microsoft's clouds. */
	private static final List<String> ON_MICROSOFT = List.of(".onmicrosoft.com", ".onmicrosoft.us",
			".partner.onmschina.cn");

	/**
	 * The attributes that must be read for it.
	 * @param guests whether guests are in
	 */
	public Set<String> attributes(boolean guests) {
		Set<String> attributes = new LinkedHashSet<>(this.from.attributes);
		if (guests && this.from != From.MAIL) {
			attributes.add(OTHER_MAILS);
		}
		return attributes;
	}

	/** The address; null when the user has none that will do. */
	public @Nullable String of(Attributes attributes) {
		for (String attribute : this.from.attributes) {
			String address = own(Value.read(attributes.values().get(attribute)).text(), attributes);
			if (address != null && (this.onMicrosoft || !isOnMicrosoft(address))) {
				return address;
			}
		}
		return null;
	}

	/**
	 * The guest's own address, if that is a guest's name. The name is made of it:
	 * {@code jane_fabrikam.com#EXT#@contoso.onmicrosoft.com} is jane@fabrikam.com.
	 * @see <a href=
	 * "https://learn.microsoft.com/en-us/entra/external-id/user-properties">Properties of
	 * a guest</a>
	 */
	private static @Nullable String own(@Nullable String name, Attributes attributes) {
		if (name == null || name.indexOf('#') < 0) {
			return name;
		}
		int end = name.toUpperCase(Locale.ROOT).indexOf(GUEST);
		if (end < 0) {
			return name;
		}
		String other = Value.read(attributes.values().get(OTHER_MAILS)).text();
		if (other != null) {
			return other;
		}
		int at = name.lastIndexOf('_', end);
		return (at > 0 && at < end - 1) ? name.substring(0, at) + "@" + name.substring(at + 1, end) : null;
	}

	private static boolean isOnMicrosoft(String address) {
		for (String domain : ON_MICROSOFT) {
			if (address.regionMatches(true, address.length() - domain.length(), domain, 0, domain.length())) {
				return true;
			}
		}
		return false;
	}

	/** The attributes that have it, the better one first. */
	public enum From {

		/** {@code mail}, and the user principal name where there is none. */
		MAIL_ELSE_UPN("mail", "userPrincipalName"),
		/** {@code mail} alone. */
		MAIL("mail"),
		/** The user principal name alone. */
		UPN("userPrincipalName");

		private final List<String> attributes;

		From(String... attributes) {
			this.attributes = List.of(attributes);
		}

	}

}
