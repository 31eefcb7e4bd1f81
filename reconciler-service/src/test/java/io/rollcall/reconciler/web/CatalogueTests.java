package io.rollcall.reconciler.web;

import java.util.List;

import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.reconciler.rules.mapping.Expression;
import io.rollcall.reconciler.rules.mapping.InvalidExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What Graph can give, as it is in the tables, and what expressions may name of it. */
class CatalogueTests {

	private static final Catalogue USERS = new Catalogues().of(ObjectKind.USER);

	@Test
	void everyKindHasItsAttributesWithLabelsInFiveLanguages() {
		for (ObjectKind kind : List.of(ObjectKind.USER, ObjectKind.GROUP, ObjectKind.ADMINISTRATIVE_UNIT)) {
			List<Catalogue.Attribute> attributes = new Catalogues().of(kind).attributes();
			assertThat(attributes).extracting(Catalogue.Attribute::name).contains("displayName");
			assertThat(attributes).allSatisfy((attribute) -> assertThat(attribute.labels().keySet())
				.containsExactly("en", "de", "nl", "sv", "nb"));
		}
		assertThat(USERS.attributes()).hasSize(111);
	}

	@Test
	void whatTheCatalogueWritesForAnAttributeCanBePublished() {
		assertThat(USERS.attributes()).extracting(USERS::expressionOf)
			.contains("id", "department", "firstOf(businessPhones)", "employeeOrgData.costCenter")
			.doesNotContain("manager", "aboutMe", "employeeOrgData", "firstOf(identities)");
		assertThat(USERS.attributes()).extracting(USERS::expressionOf)
			.filteredOn((expression) -> expression != null)
			.allSatisfy((expression) -> assertThat(Expression.parse(expression, USERS)).hasToString(expression));
	}

	@ParameterizedTest
	@ValueSource(strings = { "firstOf(displayName, join(' ', givenName, surname))", "join('; ', otherMails, mail)",
			"onPremisesExtensionAttributes.extensionAttribute15", "employeeLeaveDateTime",
			"lower(firstOf(imAddresses))", "extension_b7d8e648520f41d3b9c0fdeb91768a0a_jobGroupTracker",
			"extkmpdyld2_graphLearnCourses.courseName", "contoso_courses.name" })
	void canBePublished(String expression) {
		assertThat(Expression.parse(expression, USERS)).hasToString(expression);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					departmnt                             | 1  | there is no attribute 'departmnt': did you mean 'department'?
					Department                            | 1  | did you mean 'department'?
					trim(jobtitel)                        | 6  | did you mean 'jobTitle'?
					job_title                             | 1  | did you mean 'jobTitle'?
					phone                                 | 1  | did you mean 'businessPhones' or 'mobilePhone'?
					extensionAttribute7                   | 1  | 'onPremisesExtensionAttributes.extensionAttribute7'
					employeeOrgData.costcentre            | 1  | did you mean 'employeeOrgData.costCenter'?
					nonsense                              | 1  | there is no attribute 'nonsense': look into the catalogue
					department.name                       | 1  | 'department' has no member 'name'
					id.x                                  | 1  | 'id' has no member 'x'
					join(' ', mail, aboutMe)              | 17 | 'aboutMe' cannot be mapped: delta queries do not tell of it
					signInActivity.lastSignInDateTime     | 1  | delta queries do not tell of it
					businessPhones                        | 1  | is a list: write firstOf(businessPhones), or join(', ', businessPhones)
					lower(otherMails)                     | 7  | 'otherMails' is a list: write firstOf(otherMails)
					default(otherMails, 'x')              | 9  | 'otherMails' is a list
					employeeOrgData                       | 1  | is an object: name a member of it, such as employeeOrgData.division
					passwordProfile                       | 1  | is an object, which cannot be mapped
					firstOf(assignedLicenses)             | 9  | is a list of objects, which cannot be mapped
					manager.displayName                   | 1  | leads to other objects, of which nothing can be mapped
					memberOf                              | 1  | leads to other objects
					extension_b7d8_level                  | 1  | is no directory extension: those are extension_, 32 hexadecimal digits
					extension_b7d8e648520f41d3b9c0fdeb91768a0a_a.b | 1 | is a directory extension, which has no members
					extkmpdyld2_graphLearnCourses         | 1  | name a member of it, such as extkmpdyld2_graphLearnCourses.name
					""")
	void cannotBePublished(String expression, int position, String said) {
		assertThatExceptionOfType(InvalidExpression.class).isThrownBy(() -> Expression.parse(expression, USERS))
			.satisfies((invalid) -> assertThat(invalid.problem()).contains(said))
			.satisfies((invalid) -> assertThat(invalid.position()).isEqualTo(position));
	}

}
