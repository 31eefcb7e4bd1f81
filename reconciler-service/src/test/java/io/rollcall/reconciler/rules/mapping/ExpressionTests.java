package io.rollcall.reconciler.rules.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What expressions give for one directory user, and what is wrong with others. */
class ExpressionTests {

	private static final Source ADELE = new Source(new ObjectId("7a3f"), new Attributes(adele()));

	private static Map<String, Object> adele() {
		Map<String, Object> attributes = new LinkedHashMap<>();
		attributes.put("displayName", "  Adele\u200b Vance ");
		attributes.put("givenName", "Adele");
		attributes.put("surname", "Vance");
		attributes.put("userPrincipalName", "AdeleV@Contoso.com");
		attributes.put("department", "Sales / Nordics / Oslo");
		attributes.put("jobTitle", null);
		attributes.put("city", " ");
		attributes.put("accountEnabled", true);
		attributes.put("businessPhones", List.of("", "+47 22", "+47 33"));
		attributes.put("otherMails", List.of());
		attributes.put("onPremisesExtensionAttributes", Map.of("extensionAttribute1", "CC-1042"));
		attributes.put("employeeOrgData", null);
		attributes.put("extension_b7d8e648520f41d3b9c0fdeb91768a0a_level", 4);
		attributes.put("nested", List.of(List.of("no"), Map.of("no", "no")));
		return attributes;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
			surname                                                          | Vance
			displayName                                                      | Adele Vance
			id                                                               | 7a3f
			accountEnabled                                                   | true
			extension_b7d8e648520f41d3b9c0fdeb91768a0a_level                 | 4
			onPremisesExtensionAttributes.extensionAttribute1                | CC-1042
			onPremisesExtensionAttributes.extensionAttribute2                | -
			onPremisesExtensionAttributes.extensionAttribute1.more           | -
			onPremisesExtensionAttributes                                    | -
			employeeOrgData.division                                         | -
			jobTitle                                                         | -
			city                                                             | -
			nested                                                           | -
			'It''s her'                                                      | It's her
			''                                                               | -
			trim('  x ')                                                     | x
			trim(' ')                                                        | -
			trim(jobTitle)                                                   | -
			lower(userPrincipalName)                                         | adelev@contoso.com
			join(' ', givenName, surname)                                    | Adele Vance
			join(', ', surname, jobTitle, givenName)                         | Vance, Adele
			join('', givenName, '-', surname)                                | Adele-Vance
			join('; ', businessPhones)                                       | +47 22; +47 33
			join(' ', jobTitle, city)                                        | -
			split(userPrincipalName, '@', 1)                                 | AdeleV
			split(userPrincipalName, '@', 2)                                 | Contoso.com
			split(userPrincipalName, '@', 3)                                 | -
			split(department, ' / ', -1)                                     | Oslo
			split(department, ' / ', -3)                                     | Sales
			split(department, ' / ', -4)                                     | -
			split(department, ' / ', 2)                                      | Nordics
			split(surname, '@', 1)                                           | Vance
			split(surname, '@', -1)                                          | Vance
			split(jobTitle, '@', 1)                                          | -
			trim(split(department, '/', 3))                                  | Oslo
			default(jobTitle, 'Employee')                                    | Employee
			default(surname, 'Employee')                                     | Vance
			firstOf(jobTitle, city, surname)                                 | Vance
			firstOf(otherMails, businessPhones)                              | +47 22
			firstOf(jobTitle, otherMails)                                    | -
			lower(firstOf(jobTitle, join(' ', givenName, surname)))          | adele vance
			""")
	void givesAText(String expression, String expected) {
		Value value = Expression.parse(expression).of(ADELE);
		assertThat(value.text()).isEqualTo(expected);
		assertThat(value).isNotEqualTo(Value.UNREAD);
	}

	@ParameterizedTest
	@ValueSource(strings = { "neverRead", "neverRead.member", "trim(neverRead)", "lower(neverRead)",
			"join(' ', surname, neverRead)", "split(neverRead, ' ', 1)", "default(neverRead, 'x')",
			"firstOf(jobTitle, neverRead)", "firstOf(neverRead, surname)" })
	void isUnreadWhereItHangsOnWhatWasNeverRead(String expression) {
		assertThat(Expression.parse(expression).of(ADELE)).isEqualTo(Value.UNREAD);
	}

	@Test
	void needsNotWhatComesAfterTheFirstThatIsThere() {
		assertThat(Expression.parse("firstOf(surname, neverRead)").of(ADELE).text()).isEqualTo("Vance");
	}

	@Test
	void saysWhichAttributesMustBeRead() {
		List<String> attributes = new ArrayList<>();
		Expression.parse("firstOf(employeeOrgData.costCenter, join(' ', id, trim(surname)), 'x')")
			.attributes(attributes::add);
		assertThat(attributes).containsExactly("employeeOrgData", "surname");
	}

	@Test
	void cutsWhatIsLongButNoCharacterInTwo() {
		Source source = new Source(new ObjectId("o"), new Attributes(
				Map.of("long", "x".repeat(999) + "\ud83d\ude00", "list", Collections.nCopies(10_000, "0123456789"))));
		assertThat(Expression.parse("long").of(source).text()).hasSize(999);
		assertThat(Expression.parse("join('y', long, long)").of(source).text()).hasSize(1_000);
		assertThat(Expression.parse("join(', ', list)").of(source).text()).hasSize(1_000);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					``                          | 1  | expected an attribute, a text in single quotes or a function, found the end
					`  `                        | 3  | found the end
					"x"                         | 1  | found " (texts stand in single quotes)
					7                           | 1  | expected an attribute, a text in single quotes or a function, found 7
					_x                          | 1  | found _
					a b                         | 3  | the expression ends before b: several texts become one by join
					a.                          | 3  | expected the name of a member of a, found the end
					a.1                         | 3  | expected the name of a member of a, found 1
					'x                          | 1  | the text that begins here has no end
					trim                        | -  | -
					trim(                       | 6  | expected an attribute, a text in single quotes or a function, found the end
					trim()                      | 6  | trim needs more: write trim(text)
					trim(a                      | 7  | expected a comma or the ) of trim, found the end
					trim(a b)                   | 8  | expected a comma or the ) of trim, found b
					trim(a, b)                  | 7  | trim ends before this comma: write trim(text)
					trim(a))                    | 8  | the expression ends before )
					trimm(a)                    | 1  | there is no function 'trimm': did you mean 'trim'?
					Lower(a)                    | 1  | did you mean 'lower'?
					first(a)                    | 1  | did you mean 'firstOf'?
					upper(a)                    | 1  | there are default, firstOf, join, lower, split, trim
					join(a, b)                  | 6  | expected a text in single quotes, found a
					join(' ')                   | 9  | join needs more: write join('between', text or list, ...)
					split(a, '', 1)             | 10 | expected a text in single quotes that is not empty
					split(a, ' ', 0)            | 15 | expected a number from 1 to 100, or from -1 to -100
					split(a, ' ', 101)          | 15 | expected a number from 1 to 100, or from -1 to -100
					split(a, ' ', 99999999999)  | 15 | expected a number from 1 to 100, or from -1 to -100
					split(a, ' ', -)            | 15 | expected a number from 1 to 100, or from -1 to -100
					split(a, ' ', x)            | 15 | expected a number from 1 to 100, or from -1 to -100
					split(a, ' ')               | 13 | split needs more
					default(a, b)               | 12 | expected a text in single quotes, found b
					lower(trim(nope(a)))        | 12 | there is no function 'nope'
					a + b                       | 3  | the expression ends before +
					a.class()                   | 8  | the expression ends before (
					""")
	void saysWhereItGoesWrongAndWhatToDo(String expression, Integer position, String said) {
		if (position == null) {
			assertThat(Expression.parse(expression)).hasToString(expression);
			return;
		}
		assertThatExceptionOfType(InvalidExpression.class).isThrownBy(() -> Expression.parse(expression))
			.satisfies((invalid) -> assertThat(invalid.problem()).contains(said))
			.satisfies((invalid) -> assertThat(invalid.position()).isEqualTo(position))
			.withMessageStartingWith("at character " + position);
	}

	@Test
	void isNeitherLongNorDeep() {
		String deep = "trim(".repeat(9) + "a" + ")".repeat(9);
		assertThat(Expression.parse(deep)).hasToString(deep);
		assertThatExceptionOfType(InvalidExpression.class).isThrownBy(() -> Expression.parse("trim(" + deep + ")"))
			.withMessageContaining("nested at most 10 deep");
		assertThatExceptionOfType(InvalidExpression.class).isThrownBy(() -> Expression.parse("a".repeat(501)))
			.withMessageContaining("at most 500 characters, this one has 501");
	}

}
