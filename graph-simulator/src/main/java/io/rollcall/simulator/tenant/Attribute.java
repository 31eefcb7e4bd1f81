package io.rollcall.simulator.tenant;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/** What the simulator knows about an object; the name is Graph's. */
public enum Attribute {

	ACCOUNT_ENABLED("accountEnabled", Type.FLAG), AGE_GROUP("ageGroup"), BUSINESS_PHONES("businessPhones", Type.LIST),
	CITY("city"), CLASSIFICATION("classification"), COMPANY_NAME("companyName"), COUNTRY("country"),
	CREATED("createdDateTime"), DEPARTMENT("department"), DESCRIPTION("description"), DISPLAY_NAME("displayName"),
	EMPLOYEE_HIRE_DATE("employeeHireDate"), EMPLOYEE_ID("employeeId"), EMPLOYEE_TYPE("employeeType"),
	EXTENSION_ATTRIBUTES("onPremisesExtensionAttributes", Type.MAP), EXTERNAL_USER_STATE("externalUserState"),
	FAX_NUMBER("faxNumber"), GIVEN_NAME("givenName"), GROUP_TYPES("groupTypes", Type.LIST), JOB_TITLE("jobTitle"),
	MAIL("mail"), MAIL_ENABLED("mailEnabled", Type.FLAG), MAIL_NICKNAME("mailNickname"),
	MEMBERSHIP_RULE("membershipRule"), MEMBERSHIP_RULE_STATE("membershipRuleProcessingState"),
	MEMBERSHIP_TYPE("membershipType"), MOBILE_PHONE("mobilePhone"), OFFICE_LOCATION("officeLocation"),
	OTHER_MAILS("otherMails", Type.LIST), POSTAL_CODE("postalCode"), PREFERRED_LANGUAGE("preferredLanguage"),
	PROXY_ADDRESSES("proxyAddresses", Type.LIST), SECURITY_ENABLED("securityEnabled", Type.FLAG), STATE("state"),
	STREET_ADDRESS("streetAddress"), SURNAME("surname"), USAGE_LOCATION("usageLocation"),
	USER_PRINCIPAL_NAME("userPrincipalName"), USER_TYPE("userType"), VISIBILITY("visibility");

	/** How the value is written. */
	public enum Type {

		TEXT, FLAG, LIST, MAP

	}

	private static final Set<Attribute> OF_USERS = EnumSet.of(ACCOUNT_ENABLED, AGE_GROUP, BUSINESS_PHONES, CITY,
			COMPANY_NAME, COUNTRY, CREATED, DEPARTMENT, DISPLAY_NAME, EMPLOYEE_HIRE_DATE, EMPLOYEE_ID, EMPLOYEE_TYPE,
			EXTENSION_ATTRIBUTES, EXTERNAL_USER_STATE, FAX_NUMBER, GIVEN_NAME, JOB_TITLE, MAIL, MAIL_NICKNAME,
			MOBILE_PHONE, OFFICE_LOCATION, OTHER_MAILS, POSTAL_CODE, PREFERRED_LANGUAGE, PROXY_ADDRESSES, STATE,
			STREET_ADDRESS, SURNAME, USAGE_LOCATION, USER_PRINCIPAL_NAME, USER_TYPE);

	private static final Set<Attribute> OF_GROUPS = EnumSet.of(CLASSIFICATION, CREATED, DESCRIPTION, DISPLAY_NAME,
			GROUP_TYPES, MAIL, MAIL_ENABLED, MAIL_NICKNAME, MEMBERSHIP_RULE, MEMBERSHIP_RULE_STATE, PREFERRED_LANGUAGE,
			PROXY_ADDRESSES, SECURITY_ENABLED, VISIBILITY);

	private static final Set<Attribute> OF_UNITS = EnumSet.of(DESCRIPTION, DISPLAY_NAME, MEMBERSHIP_RULE,
			MEMBERSHIP_RULE_STATE, MEMBERSHIP_TYPE, VISIBILITY);

	private static final Set<Attribute> USER_DEFAULTS = EnumSet.of(BUSINESS_PHONES, DISPLAY_NAME, GIVEN_NAME, JOB_TITLE,
			MAIL, MOBILE_PHONE, OFFICE_LOCATION, PREFERRED_LANGUAGE, SURNAME, USER_PRINCIPAL_NAME);

	private static final Map<String, Attribute> BY_NAME = byName();

	private final String graphName;

	private final Type type;

	private final byte[] encoded;

	Attribute(String graphName) {
		this(graphName, Type.TEXT);
	}

	Attribute(String graphName, Type type) {
		this.graphName = graphName;
		this.type = type;
		this.encoded = JsonBytes.encodedName(graphName);
	}

	public String graphName() {
		return this.graphName;
	}

	public Type type() {
		return this.type;
	}

	/** The name, quoted and with its colon. */
	public byte[] encoded() {
		return this.encoded;
	}

	public long bit() {
		return 1L << ordinal();
	}

	public static Set<Attribute> of(Kind kind) {
		return switch (kind) {
			case USER -> OF_USERS;
			case GROUP -> OF_GROUPS;
			case UNIT -> OF_UNITS;
		};
	}

	/** What Graph returns when nothing was selected. */
	public static Set<Attribute> defaults(Kind kind) {
		return switch (kind) {
			case USER -> USER_DEFAULTS;
			case GROUP -> OF_GROUPS;
			case UNIT -> OF_UNITS;
		};
	}

	public static @Nullable Attribute named(Kind kind, String name) {
		Attribute attribute = BY_NAME.get(name.toLowerCase(java.util.Locale.ROOT));
		return (attribute != null && of(kind).contains(attribute)) ? attribute : null;
	}

	public static long bits(Set<Attribute> attributes) {
		return attributes.stream().mapToLong(Attribute::bit).reduce(0, (left, right) -> left | right);
	}

	private static Map<String, Attribute> byName() {
		Map<String, Attribute> names = new HashMap<>();
		for (Attribute attribute : values()) {
			names.put(attribute.graphName.toLowerCase(java.util.Locale.ROOT), attribute);
		}
		return Map.copyOf(names);
	}

}
