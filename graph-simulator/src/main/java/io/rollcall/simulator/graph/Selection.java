package io.rollcall.simulator.graph;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What of an object is returned.
 *
 * @param names what was written in {@code $select}, for the context; empty when nothing
 * was
 */
record Selection(Kind kind, Set<Attribute> attributes, boolean manager, boolean members, List<String> names) {

	/** Properties that live outside the directory store: delta cannot track them. */
	private static final Set<String> UNTRACKED = Set.of("signinactivity", "cloudlicensing", "mailboxsettings",
			"deviceenrollmentlimit", "print", "aboutme", "birthday", "hiredate", "interests", "mysite", "pastprojects",
			"preferredname", "responsibilities", "schools", "skills", "accesstype", "allowexternalsenders",
			"autosubscribenewmembers", "hidefromaddresslists", "hidefromoutlookclients", "isfavorite",
			"issubscribedbymail", "unseenconversationscount", "unseencount", "isarchived", "licenseassignmentstates",
			"photo");

	/** Properties that Graph knows and that nobody here ever sets. */
	private static final Set<String> NEVER_SET = Set.of("deleteddatetime", "owners", "memberof", "directreports",
			"consentprovidedforminor", "creationtype", "employeeleavedatetime", "employeeorgdata",
			"externaluserstatechangedatetime", "identities", "imaddresses", "isresourceaccount",
			"lastpasswordchangedatetime", "legalagegroupclassification", "assignedlicenses", "assignedplans",
			"licensedetails", "onpremisesdistinguishedname", "onpremisesdomainname", "onpremisesimmutableid",
			"onpremiseslastsyncdatetime", "onpremisesprovisioningerrors", "onpremisessamaccountname",
			"onpremisessecurityidentifier", "onpremisessyncenabled", "onpremisesuserprincipalname",
			"onpremisesnetbiosname", "passwordpolicies", "passwordprofile", "preferreddatalocation", "provisionedplans",
			"securityidentifier", "serviceprovisioningerrors", "showinaddresslist", "signinsessionsvalidfromdatetime",
			"authorizationinfo", "customsecurityattributes", "expirationdatetime", "isassignabletorole",
			"reneweddatetime", "resourcebehavioroptions", "resourceprovisioningoptions", "theme", "uniquename",
			"ismanagementrestricted", "ismembermanagementrestricted", "scopedrolemembers", "extensions");

	static Selection of(Kind kind, @Nullable String select, boolean delta) {
		if (select == null || select.isBlank()) {
			return new Selection(kind, Attribute.defaults(kind), false, delta && kind != Kind.USER, List.of());
		}
		List<String> names = Arrays.stream(select.split(","))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.toList();
		Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
		boolean manager = false;
		boolean members = false;
		for (String name : names) {
			String lower = name.toLowerCase(Locale.ROOT);
			Attribute attribute = Attribute.named(kind, name);
			if (attribute != null) {
				attributes.add(attribute);
			}
			else if (lower.equals("manager") && kind == Kind.USER) {
				manager = true;
			}
			else if (lower.equals("members") && kind != Kind.USER) {
				members = true;
			}
			else {
				check(kind, name, lower, delta);
			}
		}
		return new Selection(kind, attributes, manager, members, names);
	}

	/**
	 * For collections of several kinds: what one kind does not have is simply left out.
	 */
	static Selection lenient(Kind kind, @Nullable String select) {
		if (select == null) {
			return of(kind, null, false);
		}
		String known = Arrays.stream(select.split(","))
			.map(String::strip)
			.filter((name) -> Attribute.named(kind, name) != null)
			.collect(java.util.stream.Collectors.joining(","));
		return known.isEmpty() ? new Selection(kind, Set.of(), false, false, List.of("id")) : of(kind, known, false);
	}

	long bits() {
		return Attribute.bits(this.attributes);
	}

	private static void check(Kind kind, String name, String lower, boolean delta) {
		if (delta && UNTRACKED.contains(lower)) {
			throw new GraphRefused(GraphResponse.notTracked());
		}
		boolean known = lower.equals("id") || lower.equals("*") || lower.startsWith("extension_")
				|| NEVER_SET.contains(lower) || UNTRACKED.contains(lower);
		if (!known) {
			throw new GraphRefused(GraphResponse.unknownProperty(name, kind.typeName()));
		}
	}

}
