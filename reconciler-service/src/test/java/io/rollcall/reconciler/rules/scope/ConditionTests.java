package io.rollcall.reconciler.rules.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.event.EventFormat;
import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.reconciler.rules.mapping.Catalogue.Attribute;
import io.rollcall.reconciler.rules.mapping.Catalogue.Offer;
import io.rollcall.reconciler.rules.mapping.Catalogue.Tracked;
import io.rollcall.reconciler.rules.mapping.Catalogue.Type;
import io.rollcall.reconciler.rules.mapping.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What conditions say about attributes. */
class ConditionTests {

	private static final Catalogue CATALOGUE = new Catalogue(
			List.of(attribute("department"), attribute("country"), new Attribute("otherMails", Type.STRING_LIST, true,
					Tracked.YES, "contact", Offer.YES, null, null, null, Map.of())));

	/** The manager's office was read and is empty; the city was never read. */
	private static Source user() {
		Map<String, @Nullable Object> attributes = new HashMap<>();
		attributes.put("department", "Sales North");
		attributes.put("country", "NO");
		attributes.put("officeLocation", null);
		attributes.put("accountEnabled", true);
		attributes.put("otherMails", List.of("a@x.org", "b@y.org"));
		attributes.put("onPremisesExtensionAttributes", Map.of("extensionAttribute1", "CC-7"));
		return new Source(new ObjectId("ada"), new Attributes(attributes));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"attribute": "department", "equals": "SALES NORTH"}                      | YES
			{"attribute": "department", "equals": "Sales"}                            | NO
			{"attribute": "department", "startsWith": "sales"}                        | YES
			{"attribute": "department", "startsWith": "north"}                        | NO
			{"attribute": "country", "in": ["SE", "no"]}                              | YES
			{"attribute": "country", "in": ["SE", "DK"]}                              | NO
			{"attribute": "country", "present": true}                                 | YES
			{"attribute": "country", "present": false}                                | NO
			{"attribute": "officeLocation", "present": true}                          | NO
			{"attribute": "officeLocation", "present": false}                         | YES
			{"attribute": "officeLocation", "equals": "Oslo"}                         | NO
			{"attribute": "accountEnabled", "equals": "true"}                         | YES
			{"attribute": "otherMails", "equals": "B@y.org"}                          | YES
			{"attribute": "onPremisesExtensionAttributes.extensionAttribute1", "equals": "cc-7"} | YES
			{"attribute": "onPremisesExtensionAttributes.extensionAttribute2", "present": true}  | NO
			{"attribute": "city", "equals": "Oslo"}                                   | UNREAD
			{"attribute": "city", "present": true}                                    | UNREAD
			{"not": {"attribute": "country", "equals": "NO"}}                         | NO
			{"not": {"attribute": "city", "equals": "Oslo"}}                          | UNREAD
			{"all": [{"attribute": "country", "equals": "NO"}, {"attribute": "department", "startsWith": "S"}]} | YES
			{"all": [{"attribute": "city", "equals": "Oslo"}, {"attribute": "country", "equals": "SE"}]} | NO
			{"all": [{"attribute": "city", "equals": "Oslo"}, {"attribute": "country", "equals": "NO"}]} | UNREAD
			{"any": [{"attribute": "city", "equals": "Oslo"}, {"attribute": "country", "equals": "NO"}]} | YES
			{"any": [{"attribute": "city", "equals": "Oslo"}, {"attribute": "country", "equals": "SE"}]} | UNREAD
			{"any": [{"attribute": "country", "equals": "DK"}, {"attribute": "country", "equals": "SE"}]} | NO
			""")
	void saysWhetherItHolds(String json, Answer expected) {
		assertThat(condition(json).of(user())).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                                     | here needs exactly one of "all", "any", "not" and "attribute", has 0
					{"all": [], "any": []}                                 | here needs exactly one of "all", "any", "not" and "attribute", has 2
					{"all": []}                                            | here.all is empty: give at least one condition, or leave it out
					{"any": [{"attribute": "country"}]}                    | here.any[0] needs exactly one of "equals", "in", "startsWith" and "present", has 0
					{"attribute": "country", "equals": "NO", "present": true} | here needs exactly one of "equals", "in", "startsWith" and "present", has 2
					{"not": {"attribute": "cuntry", "equals": "NO"}}       | here.not.attribute: there is no attribute 'cuntry': did you mean 'country'?
					{"not": {"attribute": "country", "equals": " "}}       | here.not: a text to compare with has 1 to 500 characters; "present" asks whether there is a value
					{"attribute": "country", "in": []}                     | here.in is empty: give at least one text
					{"not": {"attribute": "country", "equals": "NO"}, "equals": "x"} | here: what an attribute is compared with stands beside "attribute"
					{"attribute": "otherMails", "equals": "a@x.org"}       |
					{"attribute": "extension_b7d8e648520f41d3b9c0fdeb91768a0a_level", "present": true} |
					""")
	void saysWhereItIsWrongAndWhatToDo(String json, @Nullable String expected) {
		assertThat(condition(json).check("here", CATALOGUE).orElse(null)).isEqualTo(expected);
	}

	@Test
	void isBounded() {
		String leaf = "{\"attribute\": \"country\", \"present\": true}";
		String deep = leaf;
		for (int i = 0; i < 10; i++) {
			deep = "{\"not\": %s}".formatted(deep);
		}
		assertThat(condition(deep).check("here", CATALOGUE))
			.hasValueSatisfying((wrong) -> assertThat(wrong).contains("conditions can be nested 10 deep at most"));
		String wide = "{\"any\": [%s]}"
			.formatted(String.join(",", IntStream.range(0, 100).mapToObj((i) -> leaf).toList()));
		assertThat(condition(wide).check("here", CATALOGUE))
			.hasValueSatisfying((wrong) -> assertThat(wrong).contains("there can be 100 conditions at most"));
	}

	@Test
	void readsBackAsItWasWrittenAndSaysWhatMustBeRead() {
		String json = """
				{"all":[{"not":{"attribute":"onPremisesExtensionAttributes.extensionAttribute1","in":["a","b"]}},\
				{"attribute":"department","startsWith":"S"},{"attribute":"country","present":false}]}""";
		assertThat(EventFormat.json().writeValueAsString(condition(json))).isEqualTo(json);
		List<String> attributes = new ArrayList<>();
		condition(json).attributes(attributes::add);
		assertThat(attributes).containsExactly("onPremisesExtensionAttributes", "department", "country");
	}

	private static Condition condition(String json) {
		return EventFormat.json().readValue(json, Condition.class);
	}

	private static Attribute attribute(String name) {
		return new Attribute(name, Type.STRING, false, Tracked.YES, "work", Offer.YES, null, null, null, Map.of());
	}

}
