package io.rollcall.reconciler.rules.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.Mapping.Field;
import io.rollcall.reconciler.rules.mapping.Mapping.WhenEmpty;
import io.rollcall.reconciler.rules.scope.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of an account's fields. */
class MappingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
			# from                            | when empty | job title  | field
			jobTitle                          | CLEAR      | Engineer   | becomes Engineer
			jobTitle                          | KEEP       | Engineer   | becomes Engineer
			jobTitle                          | CLEAR      | -          | becomes empty
			jobTitle                          | KEEP       | -          | stays
			jobTitle                          | CLEAR      | never read | stays
			jobTitle                          | KEEP       | never read | stays
			default(jobTitle, 'Employee')     | CLEAR      | -          | becomes Employee
			default(jobTitle, 'Employee')     | CLEAR      | never read | stays
			firstOf(jobTitle, 'Employee')     | KEEP       | -          | becomes Employee
			trim(split(jobTitle, ',', 2))     | CLEAR      | Engineer   | becomes empty
			""")
	void becomesWhatTheDirectorySaysOrStays(String from, WhenEmpty whenEmpty, @Nullable String title, String expected) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		if (!"never read".equals(title)) {
			attributes.put("jobTitle", title);
		}
		assertThat(words(mapping(from, whenEmpty), attributes)).isEqualTo(expected);
	}

	@Test
	void asLongAsNobodyDecidesNamesAndTheAddressAreMapped() {
		Mapping standard = Mapping.standard();
		assertThat(standard.displayName()).hasToString("firstOf(displayName, join(' ', givenName, surname))");
		assertThat(standard.fields().keySet()).containsExactly("givenName", "surname");
		assertThat(standard.email()).isEqualTo(new EmailMapping(EmailMapping.From.MAIL_ELSE_UPN, false));
	}

	@Test
	void theRulesNeedWhatTheirExpressionsName() {
		Mapping mapping = new Mapping(Expression.parse("firstOf(extension_b7d8e648520f41d3b9c0fdeb91768a0a_nick, 'x')"),
				new EmailMapping(EmailMapping.From.MAIL, false),
				new TreeMap<>(Map.of("room", new Field(Expression.parse("employeeOrgData.costCenter"), WhenEmpty.CLEAR),
						"title", new Field(Expression.parse("join(' ', jobTitle, mail)"), WhenEmpty.KEEP))));
		Rules standard = Rules.standard();
		assertThat(standard.with(mapping).userAttributes()).containsExactly("displayName", "mail", "userPrincipalName",
				"accountEnabled", "userType", "employeeId", "extension_b7d8e648520f41d3b9c0fdeb91768a0a_nick",
				"employeeOrgData", "jobTitle");
		assertThat(standard.userAttributes()).doesNotContain("otherMails");
		assertThat(standard.with(Scope.everyone(true, false)).userAttributes()).contains("otherMails");
	}

	private static Mapping mapping(String from, WhenEmpty whenEmpty) {
		return new Mapping(Expression.parse("displayName"), Mapping.standard().email(),
				new TreeMap<>(Map.of("title", new Field(Expression.parse(from), whenEmpty))));
	}

	private static String words(Mapping mapping, Map<String, @Nullable Object> attributes) {
		Map<String, @Nullable String> values = new LinkedHashMap<>();
		mapping.put(new Source(new ObjectId("o"), new Attributes(attributes)), values);
		if (!values.containsKey("title")) {
			return "stays";
		}
		String value = values.get("title");
		return "becomes " + ((value != null) ? value : "empty");
	}

}
