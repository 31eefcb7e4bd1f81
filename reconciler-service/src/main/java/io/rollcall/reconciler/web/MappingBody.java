package io.rollcall.reconciler.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.reconciler.rules.mapping.EmailMapping;
import io.rollcall.reconciler.rules.mapping.Expression;
import io.rollcall.reconciler.rules.mapping.InvalidExpression;
import io.rollcall.reconciler.rules.mapping.Mapping;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.ErrorResponseException;

/**
 * A mapping as callers write it. All that is wrong with it is told at once.
 *
 * @param displayName an expression
 */
record MappingBody(@Nullable String displayName, @Nullable Email email, @Nullable Map<String, Field> fields) {

	private static final int MOST_FIELDS = 50;

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

	static MappingBody of(Mapping mapping) {
		Map<String, Field> fields = new TreeMap<>();
		mapping.fields()
			.forEach((name, field) -> fields.put(name, new Field(field.from().toString(), field.whenEmpty())));
		return new MappingBody(mapping.displayName().toString(),
				new Email(mapping.email().from(), mapping.email().onMicrosoft()), fields);
	}

	/** What it says. */
	Mapping mapping(Catalogue catalogue) {
		Map<String, Field> given = RulesBody.present("mapping.fields", this.fields);
		Email address = RulesBody.present("mapping.email", this.email);
		if (given.size() > MOST_FIELDS) {
			throw Problems.invalid("at most %d fields can be mapped, are %d".formatted(MOST_FIELDS, given.size()));
		}
		Checked checked = new Checked(catalogue, new ArrayList<>());
		Expression name = checked.expression("mapping.displayName", this.displayName);
		SortedMap<String, Mapping.Field> all = new TreeMap<>();
		new TreeMap<>(given).forEach((field, from) -> {
			checked.name(field);
			String path = "mapping.fields." + field;
			Field there = RulesBody.present(path, from);
			all.put(field, new Mapping.Field(checked.expression(path + ".from", there.from()),
					RulesBody.present(path + ".whenEmpty", there.whenEmpty())));
		});
		checked.done();
		return new Mapping(name, new EmailMapping(RulesBody.present("mapping.email.from", address.from()),
				RulesBody.present("mapping.email.onMicrosoft", address.onMicrosoft())), all);
	}

	/**
	 * Which address an account gets.
	 *
	 * @param onMicrosoft whether one below onmicrosoft.com will do
	 */
	record Email(EmailMapping.@Nullable From from, @Nullable Boolean onMicrosoft) {
	}

	/**
	 * Where a field comes from.
	 *
	 * @param from an expression
	 */
	record Field(@Nullable String from, Mapping.@Nullable WhenEmpty whenEmpty) {
	}

	/**
	 * What is wrong with one field.
	 *
	 * @param field where in the rules
	 * @param position of the character where its expression goes wrong, the first one
	 * being 1; null where that is not so
	 * @param detail what is wrong and what to do
	 */
	record Wrong(String field, @Nullable Integer position, String detail) {

		private String words() {
			return (this.position != null) ? "%s, character %d: %s".formatted(this.field, this.position, this.detail)
					: "%s: %s".formatted(this.field, this.detail);
		}

	}

	/** Gathers what is wrong. */
	private record Checked(Catalogue catalogue, List<Wrong> wrong) {

		private static final Expression NONE = new Expression.Quoted("");

		Expression expression(String field, @Nullable String text) {
			try {
				return Expression.parse(RulesBody.present(field, text), this.catalogue);
			}
			catch (InvalidExpression ex) {
				this.wrong.add(new Wrong(field, ex.position(), ex.problem()));
				return NONE;
			}
		}

		void name(String field) {
			if (Account.ROLE.equals(field)) {
				this.wrong.add(new Wrong("mapping.fields", null,
						"'role' is for people to give: choose another name for the field"));
			}
			else if (Account.DISPLAY_NAME.equals(field) || Account.EMAIL.equals(field)) {
				this.wrong.add(new Wrong("mapping.fields", null,
						"'%s' has a place of its own: mapping.%1$s".formatted(field)));
			}
			else if (!NAME.matcher(field).matches()) {
				this.wrong.add(new Wrong("mapping.fields", null,
						"a field's name has a letter, then up to 63 letters, digits or _; '%s' has not"
							.formatted(field)));
			}
		}

		void done() {
			if (!this.wrong.isEmpty()) {
				ErrorResponseException invalid = Problems
					.invalid(this.wrong.stream().map(Wrong::words).collect(Collectors.joining("; ")));
				invalid.getBody().setProperty("errors", this.wrong);
				throw invalid;
			}
		}

	}

}
