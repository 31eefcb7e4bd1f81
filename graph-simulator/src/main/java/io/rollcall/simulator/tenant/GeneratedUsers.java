package io.rollcall.simulator.tenant;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.rollcall.simulator.tenant.Words.Place;
import org.jspecify.annotations.Nullable;

/** People, computed: the index is part of the mail address, so no two have the same. */
final class GeneratedUsers implements Generated {

	private static final Instant FOUNDED = Instant.parse("2015-01-05T08:00:00Z");

	private final TenantSpec spec;

	private final List<String> proxyDomains;

	GeneratedUsers(TenantSpec spec) {
		this.spec = spec;
		this.proxyDomains = List.of(spec.domain(), "mail." + spec.domain());
	}

	@Override
	public @Nullable Object value(int index, Attribute attribute) {
		return switch (attribute) {
			case ACCOUNT_ENABLED -> !happens(index, 1, this.spec.disabled());
			case DISPLAY_NAME -> given(index) + ' ' + surname(index);
			case GIVEN_NAME -> given(index);
			case SURNAME -> surname(index);
			case MAIL -> mail(index);
			case USER_PRINCIPAL_NAME -> isGuest(index) ? guestPrincipalName(index) : address(index);
			case MAIL_NICKNAME -> localPart(index);
			case USER_TYPE -> isGuest(index) ? "Guest" : "Member";
			case EXTERNAL_USER_STATE -> isGuest(index) ? "Accepted" : null;
			case JOB_TITLE -> happens(index, 2, 0.05) ? null : pick(index, 3, Words.TITLES);
			case DEPARTMENT -> happens(index, 4, 0.05) ? null : pick(index, 5, Words.DEPARTMENTS);
			case COMPANY_NAME -> happens(index, 6, 0.5) ? this.spec.displayName() : null;
			case EMPLOYEE_ID -> isGuest(index) ? null : String.valueOf(100_000 + index);
			case EMPLOYEE_TYPE -> isGuest(index) ? null : happens(index, 7, 0.9) ? "Employee" : "Contractor";
			case EMPLOYEE_HIRE_DATE, CREATED -> created(index);
			case OFFICE_LOCATION -> below(index, 8, 40) + "/" + (1000 + below(index, 9, 9000));
			case MOBILE_PHONE -> happens(index, 10, 0.3) ? null : place(index).phone() + (100 + below(index, 11, 900));
			case BUSINESS_PHONES ->
				happens(index, 12, 0.5) ? List.of(place(index).phone() + (100 + below(index, 13, 900))) : List.of();
			case PREFERRED_LANGUAGE -> happens(index, 14, 0.2) ? null : place(index).language();
			case USAGE_LOCATION -> place(index).code();
			case COUNTRY -> place(index).country();
			case CITY -> place(index).city();
			case POSTAL_CODE -> place(index).postalCode();
			case PROXY_ADDRESSES -> isGuest(index) ? List.of()
					: List.of("SMTP:" + address(index), "smtp:" + localPart(index) + '@' + this.proxyDomains.getLast());
			case OTHER_MAILS -> isGuest(index) ? List.of(external(index)) : List.of();
			case EXTENSION_ATTRIBUTES ->
				happens(index, 15, 0.5) ? Map.of("extensionAttribute1", "CC-" + (1000 + below(index, 16, 200))) : null;
			case AGE_GROUP, CLASSIFICATION, DESCRIPTION, FAX_NUMBER, GROUP_TYPES, MAIL_ENABLED, MEMBERSHIP_RULE,
					MEMBERSHIP_RULE_STATE, MEMBERSHIP_TYPE, SECURITY_ENABLED, STATE, STREET_ADDRESS, VISIBILITY ->
				null;
		};
	}

	/** Who leads whom: a tree in which each leads eight, with one in ten left out. */
	int manager(int index) {
		return (index == 0 || isGuest(index) || happens(index, 20, 0.1)) ? ChangeLog.NONE : (index - 1) / 8;
	}

	private boolean isGuest(int index) {
		return index > 8 && happens(index, 21, this.spec.guests());
	}

	private @Nullable String mail(int index) {
		if (index > 0 && happens(index, 22, this.spec.flaws())) {
			return happens(index, 23, 0.5) ? null : address(index - 1);
		}
		return isGuest(index) ? external(index) : address(index);
	}

	private String address(int index) {
		return localPart(index) + '@' + this.spec.domain();
	}

	private String external(int index) {
		return localPart(index) + "@partner.example";
	}

	private String guestPrincipalName(int index) {
		return external(index).replace('@', '_') + "#EXT#@" + this.spec.domain();
	}

	private String localPart(int index) {
		return pick(index, 24, Words.MAIL_GIVEN) + '.' + pick(index, 25, Words.MAIL_SURNAMES) + '.' + index;
	}

	private String given(int index) {
		return pick(index, 24, Words.GIVEN);
	}

	private String surname(int index) {
		return pick(index, 25, Words.SURNAMES);
	}

	private String created(int index) {
		return FOUNDED.plus(below(index, 26, 4000), ChronoUnit.DAYS).toString();
	}

	private Place place(int index) {
		return Words.PLACES.get(below(index, 27, Words.PLACES.size()));
	}

	private String pick(int index, int salt, String[] words) {
		return words[below(index, salt, words.length)];
	}

	private int below(int index, int salt, int bound) {
		return Mix.below(Mix.mix(this.spec.seed(), salt, index), bound);
	}

	private boolean happens(int index, int salt, double chance) {
		return Mix.happens(Mix.mix(this.spec.seed(), salt, index), chance);
	}

}
