package io.rollcall.reconciler.web;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.act.RulesPublishing.Wanted;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rules as callers write them: all of them, so that nothing is set by being left out.
 * What is not known is an error, so that nothing is left out by being misspelt.
 */
record RulesBody(@Nullable String organization, @Nullable Integer version, Rules.@Nullable Scope scope,
		@Nullable Map<String, String> fields, @Nullable List<String> chosenGroups, Rules.@Nullable Guard guard,
		@Nullable String by) {

	private static final int MOST_FIELDS = 50;

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	static Wanted read(String json) {
		try {
			return present("rules", STRICT.readValue(json, RulesBody.class)).wanted();
		}
		catch (JacksonException ex) {
			throw Problems.invalid("the rules cannot be read: " + ex.getOriginalMessage());
		}
	}

	private Wanted wanted() {
		OrganizationId owner = Ids.of(OrganizationId::new, present("organization", this.organization));
		return new Wanted(owner, this.version, present("scope", this.scope),
				checkedFields(present("fields", this.fields)), groups(), checked(present("guard", this.guard)),
				new Act(this.by).person());
	}

	private @Nullable Set<ObjectId> groups() {
		if (this.chosenGroups == null) {
			return null;
		}
		Set<ObjectId> groups = new HashSet<>();
		this.chosenGroups.forEach((group) -> groups.add(Ids.of(ObjectId::new, group)));
		return groups;
	}

	private static Map<String, String> checkedFields(Map<String, String> fields) {
		if (fields.size() > MOST_FIELDS) {
			throw Problems.invalid("at most %d fields can be mapped, are %d".formatted(MOST_FIELDS, fields.size()));
		}
		fields.forEach((field, attribute) -> {
			if (attribute == null || !NAME.matcher(field).matches() || !NAME.matcher(attribute).matches()) {
				throw Problems.invalid("\"fields\" maps names of fields to names of attributes (letters, digits, _), "
						+ "but '%s' to '%s'".formatted(field, attribute));
			}
			if (Account.DISPLAY_NAME.equals(field) || Account.EMAIL.equals(field)) {
				throw Problems.invalid("'%s' is always mapped: leave it out of \"fields\"".formatted(field));
			}
		});
		return fields;
	}

	private static Rules.Guard checked(Rules.Guard guard) {
		checked("accounts", guard.accounts());
		checked("memberships", guard.memberships());
		checked("teams", guard.teams());
		return guard;
	}

	private static void checked(String kind, Rules.@Nullable Limit limit) {
		Rules.Limit given = present("guard." + kind, limit);
		if (given.absolute() < 0 || given.percent() < 0 || given.percent() > 100) {
			throw Problems
				.invalid("guard.%s needs \"absolute\" of at least 0 and \"percent\" of 0 to 100, has %d and %d"
					.formatted(kind, given.absolute(), given.percent()));
		}
	}

	private static <T> T present(String name, @Nullable T value) {
		if (value == null) {
			throw Problems.invalid("\"%s\" is missing".formatted(name));
		}
		return value;
	}

}
