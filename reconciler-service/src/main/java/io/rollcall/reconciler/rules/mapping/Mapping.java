package io.rollcall.reconciler.rules.mapping;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Where the fields of an account come from.
 *
 * @param displayName every account has one: whoever has none in the directory is held
 * @param email every account has one
 * @param fields the others, by name
 */
public record Mapping(Expression displayName, EmailMapping email, SortedMap<String, Field> fields) {

	private static final Expression NAME = Expression.parse("firstOf(displayName, join(' ', givenName, surname))");

	private static final Mapping STANDARD = of(Map.of("givenName", "givenName", "surname", "surname"));

	public Mapping {
		fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
	}

	/** Display name, given name, surname and the address, as long as nobody decides. */
	public static Mapping standard() {
		return STANDARD;
	}

	/**
	 * The standard name and address, and these fields, which become empty with their
	 * source.
	 */
	public static Mapping of(Map<String, String> expressions) {
		SortedMap<String, Field> fields = new TreeMap<>();
		expressions.forEach((field, from) -> fields.put(field, new Field(Expression.parse(from), WhenEmpty.CLEAR)));
		return new Mapping(NAME, EmailMapping.STANDARD, fields);
	}

	/** The attributes that must be read for it, but for those of the address. */
	public Set<String> attributes() {
		Set<String> attributes = new LinkedHashSet<>();
		this.displayName.attributes(attributes::add);
		this.fields.values().forEach((field) -> field.from().attributes(attributes::add));
		return attributes;
	}

	/**
	 * Adds what a user's fields are to be; null is empty. One that keeps what the account
	 * has is left out.
	 */
	public void put(Source source, Map<String, @Nullable String> values) {
		this.fields.forEach((name, field) -> {
			Value value = field.from().of(source);
			String text = value.text();
			if (text != null || (value == Value.EMPTY && field.whenEmpty() == WhenEmpty.CLEAR)) {
				values.put(name, text);
			}
		});
	}

	/** Where one field comes from. */
	public record Field(Expression from, WhenEmpty whenEmpty) {
	}

	/** What becomes of a field when the directory has nothing for it. */
	public enum WhenEmpty {

		/** It becomes empty. */
		CLEAR,
		/** It stays as it was. */
		KEEP

	}

}
