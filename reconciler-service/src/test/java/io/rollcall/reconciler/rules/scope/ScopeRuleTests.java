package io.rollcall.reconciler.rules.scope;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.event.EventFormat;
import io.rollcall.reconciler.rules.scope.Verdict.Word;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is in. Ada works in sales, is in the crew and in the unit harbour. Nell is in the
 * night shift, which is a group in the crew. Gus is a guest in the crew; Dan's account is
 * disabled; Uma's department and groups were never read. Hal may be in the board, whose
 * members are hidden.
 */
class ScopeRuleTests {

	private static final Person ADA = new Person("ada", Map.of("department", "Sales"), Map.of("crew", Answer.YES),
			Map.of("crew", Answer.YES), "harbour");

	private static final Map<String, Person> PEOPLE = Map.of("ada", ADA, "nell",
			new Person("nell", Map.of("department", "Care"), Map.of("night", Answer.YES),
					Map.of("night", Answer.YES, "crew", Answer.YES), ""),
			"gus",
			new Person("gus", Map.of("department", "Sales", "userType", "Guest"), Map.of("crew", Answer.YES),
					Map.of("crew", Answer.YES), ""),
			"dan",
			new Person("dan", Map.of("department", "Sales", "accountEnabled", false), Map.of("crew", Answer.YES),
					Map.of("crew", Answer.YES), "harbour"),
			"uma", new Person("uma", Map.of(), Map.of("crew", Answer.UNREAD), Map.of("crew", Answer.UNREAD), ""), "hal",
			new Person("hal", Map.of(), Map.of("board", Answer.HIDDEN), Map.of("board", Answer.HIDDEN), ""));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# included                     | excluded                 | user | decides
			everyone                       | -                        | ada  | IN EVERYONE
			everyone                       | -                        | gus  | OUT GUESTS
			everyone                       | -                        | dan  | OUT DISABLED
			everyone                       | person ada               | ada  | OUT EXCLUDED_PERSON
			everyone                       | group crew               | ada  | OUT EXCLUDED_GROUP
			everyone                       | group crew               | nell | IN EVERYONE
			everyone                       | nested crew              | nell | OUT EXCLUDED_GROUP
			everyone                       | unit harbour             | ada  | OUT EXCLUDED_UNIT
			everyone                       | where department = sales | ada  | OUT EXCLUDED_CONDITION
			everyone                       | where department = sales | nell | IN EVERYONE
			person ada                     | -                        | ada  | IN PERSON
			person ada                     | -                        | nell | OUT NOT_CHOSEN
			person gus                     | -                        | gus  | OUT GUESTS
			group crew                     | -                        | ada  | IN GROUP
			group crew                     | -                        | nell | OUT NOT_CHOSEN
			nested crew                    | -                        | nell | IN GROUP
			group crew                     | -                        | dan  | OUT DISABLED
			unit harbour                   | -                        | ada  | IN UNIT
			unit harbour                   | -                        | nell | OUT NOT_CHOSEN
			where department = Care        | -                        | nell | IN CONDITION
			where department = Care        | -                        | ada  | OUT NOT_CHOSEN
			# Any of what includes is enough, any of what excludes is too much.
			group night, unit harbour      | -                        | ada  | IN UNIT
			group night, unit harbour      | -                        | nell | IN GROUP
			person ada, group crew         | person nell, person ada  | ada  | OUT EXCLUDED_PERSON
			# What was never read leaves the decision as it is, unless another rule decides.
			group crew                     | -                        | uma  | UNREAD GROUP
			group crew, person uma         | -                        | uma  | IN PERSON
			group crew, where department = x | person uma             | uma  | OUT EXCLUDED_PERSON
			where department = Care        | -                        | uma  | UNREAD CONDITION
			everyone                       | group crew               | uma  | UNREAD EXCLUDED_GROUP
			person uma                     | group crew               | uma  | UNREAD EXCLUDED_GROUP
			everyone                       | where department = Care  | uma  | UNREAD EXCLUDED_CONDITION
			# Nobody is taken for gone whose membership is hidden.
			group board                    | -                        | hal  | HIDDEN GROUP
			group board, person hal        | -                        | hal  | IN PERSON
			everyone                       | group board              | hal  | HIDDEN EXCLUDED_GROUP
			""")
	void decidesByWhatIncludesAndExcludes(String included, @Nullable String excluded, String user, String expected) {
		Scope scope = new Scope("everyone".equals(included) ? null : who(included),
				(excluded != null) ? who(excluded) : null, false, false);
		Verdict verdict = ScopeRule.decide(scope, PEOPLE.get(user));
		assertThat(verdict.word() + " " + verdict.rule()).isEqualTo(expected);
		assertThat(ScopeRule.explain(scope, PEOPLE.get(user))).contains(verdict)
			.extracting(Verdict::rule)
			.containsExactly(ScopeRule.values());
	}

	@Test
	void guestsAndDisabledUsersAreInWhereTheScopeWantsThem() {
		Scope all = Scope.everyone(true, true);
		PEOPLE.values().forEach((user) -> assertThat(ScopeRule.decide(all, user).rule()).isEqualTo(ScopeRule.EVERYONE));
	}

	@Test
	void whoIsGoneOrIgnoredIsOutWhateverElseIsSo() {
		Scope picked = new Scope(who("person ada"), null, true, true);
		Person gone = new Person("ada", Reason.of(Reason.Code.PURGED), true);
		assertThat(ScopeRule.decide(picked, gone).reason()).isEqualTo(Reason.of(Reason.Code.PURGED));
		Person ignored = new Person("ada", null, true);
		assertThat(ScopeRule.decide(picked, ignored).reason()).isEqualTo(Reason.of(Reason.Code.IGNORED));
	}

	@Test
	void aReasonNamesTheRuleAndTheGroup() {
		Scope scope = new Scope(who("nested crew"), who("unit harbour"), false, false);
		assertThat(ScopeRule.decide(scope, PEOPLE.get("nell")).reason()).isEqualTo(
				new Reason(Reason.Code.IN_SCOPE, Map.of("rule", "GROUP", "group", "crew", "members", "TRANSITIVE")));
		assertThat(ScopeRule.decide(scope, ADA).reason())
			.isEqualTo(new Reason(Reason.Code.OUT_OF_SCOPE, Map.of("rule", "EXCLUDED_UNIT", "unit", "harbour")));
		assertThat(ScopeRule.decide(Scope.everyone(false, false), PEOPLE.get("dan")).reason())
			.isEqualTo(Reason.of(Reason.Code.DISABLED));
	}

	/** Beside the rule that decides, people see what the others would have said. */
	@Test
	void everyRuleSaysItsWord() {
		Scope scope = new Scope(who("group crew, unit harbour"), null, false, false);
		assertThat(ScopeRule.explain(scope, PEOPLE.get("dan"))
			.stream()
			.filter((verdict) -> verdict.word() != Word.NOTHING)
			.map((verdict) -> verdict.word() + " " + verdict.rule()))
			.containsExactly("OUT DISABLED", "IN GROUP", "IN UNIT", "OUT NOT_CHOSEN");
	}

	private static Who who(String words) {
		Set<ObjectId> people = new LinkedHashSet<>();
		Map<ObjectId, Who.Members> groups = new LinkedHashMap<>();
		Set<ObjectId> units = new LinkedHashSet<>();
		Condition condition = null;
		for (String part : words.split(", ")) {
			String name = part.substring(part.indexOf(' ') + 1);
			switch (part.substring(0, part.indexOf(' '))) {
				case "person" -> people.add(new ObjectId(name));
				case "group" -> groups.put(new ObjectId(name), Who.Members.DIRECT);
				case "nested" -> groups.put(new ObjectId(name), Who.Members.TRANSITIVE);
				case "unit" -> units.add(new ObjectId(name));
				default -> condition = EventFormat.json()
					.readValue("{\"attribute\": \"%s\", \"equals\": \"%s\"}".formatted((Object[]) name.split(" = ")),
							Condition.class);
			}
		}
		return new Who(people, groups, units, condition);
	}

	/** A user of the table. */
	private record Person(ObjectId object, Attributes attributes, @Nullable Reason departure, boolean ignored,
			Map<String, Answer> direct, Map<String, Answer> nested, String unit) implements Candidate {

		private Person(String name, Map<String, Object> attributes, Map<String, Answer> direct,
				Map<String, Answer> nested, String unit) {
			Map<String, Object> all = new LinkedHashMap<>(Map.of("userType", "Member", "accountEnabled", true));
			all.putAll(attributes);
			this(new ObjectId(name), new Attributes(all), null, false, direct, nested, unit);
		}

		private Person(String name, @Nullable Reason departure, boolean ignored) {
			this(new ObjectId(name), Attributes.NONE, departure, ignored, Map.of(), Map.of(), "");
		}

		@Override
		public Answer isIn(ContainerKind kind, ObjectId container, boolean deep) {
			return (kind == ContainerKind.ADMINISTRATIVE_UNIT) ? Answer.of(this.unit.equals(container.value()))
					: (deep ? this.nested : this.direct).getOrDefault(container.value(), Answer.NO);
		}

	}

}
