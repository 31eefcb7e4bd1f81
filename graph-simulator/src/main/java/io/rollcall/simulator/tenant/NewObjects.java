package io.rollcall.simulator.tenant;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What somebody or something new begins with; everything else is generated as for the
 * others.
 */
public final class NewObjects {

	private NewObjects() {
	}

	/**
	 * A person with this name, whose address is made of it and of the index.
	 * @param index the one the person will have
	 */
	public static Map<Attribute, Object> person(TenantSpec spec, int index, List<String> names) {
		String surname = names.getLast();
		String given = (names.size() > 1) ? String.join(" ", names.subList(0, names.size() - 1)) : names.getFirst();
		String local = Words.mailPart(given) + '.' + Words.mailPart(surname) + '.' + index;
		Map<Attribute, Object> attributes = new EnumMap<>(Attribute.class);
		attributes.put(Attribute.ACCOUNT_ENABLED, true);
		attributes.put(Attribute.USER_TYPE, "Member");
		attributes.put(Attribute.EXTERNAL_USER_STATE, Directory.CLEARED);
		attributes.put(Attribute.OTHER_MAILS, List.of());
		attributes.put(Attribute.GIVEN_NAME, given);
		attributes.put(Attribute.SURNAME, surname);
		attributes.put(Attribute.DISPLAY_NAME, String.join(" ", names));
		attributes.put(Attribute.MAIL, local + '@' + spec.domain());
		attributes.put(Attribute.USER_PRINCIPAL_NAME, local + '@' + spec.domain());
		attributes.put(Attribute.MAIL_NICKNAME, local);
		attributes.put(Attribute.PROXY_ADDRESSES, List.of("SMTP:" + local + '@' + spec.domain()));
		return attributes;
	}

	public static Map<Attribute, Object> container(TenantSpec spec, Kind kind, String name, int index,
			boolean unified) {
		Map<Attribute, Object> attributes = new EnumMap<>(Attribute.class);
		attributes.put(Attribute.DISPLAY_NAME, name);
		attributes.put(Attribute.DESCRIPTION, name);
		if (kind == Kind.GROUP) {
			String nickname = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + '-' + index;
			String mail = nickname + '@' + spec.domain();
			attributes.put(Attribute.MAIL_NICKNAME, nickname);
			attributes.put(Attribute.MAIL_ENABLED, unified);
			attributes.put(Attribute.SECURITY_ENABLED, !unified);
			attributes.put(Attribute.GROUP_TYPES, unified ? List.of("Unified") : List.of());
			attributes.put(Attribute.MAIL, unified ? mail : Directory.CLEARED);
			attributes.put(Attribute.PROXY_ADDRESSES, unified ? List.of("SMTP:" + mail) : List.of());
		}
		return attributes;
	}

}
