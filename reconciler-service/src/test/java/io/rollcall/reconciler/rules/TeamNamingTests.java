package io.rollcall.reconciler.rules;

import java.util.List;
import java.util.Map;

import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.rules.TeamNaming.Language;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What teams are called, and what makes one. */
class TeamNamingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			EN | Peter Wright |                      | Peter Wright's Team
			DE | Peter Wright |                      | Team von Peter Wright
			NL | Peter Wright |                      | Team van Peter Wright
			SV | Peter Wright |                      | Peter Wrights team
			SV | Lars         |                      | Lars team
			NB | Peter Wright |                      | Peter Wrights team
			NB | Lars         |                      | Lars' team
			EN | Peter Wright | Crew of {manager}    | Crew of Peter Wright
			EN | $1 {manager} | <{manager}>          | <$1 {manager}>
			""")
	void aTeamIsNamedAfterItsManager(Language language, String manager, String pattern, String name) {
		assertThat(new TeamNaming(language, pattern).nameOf(manager)).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Peter's Team |                                              | Peter's Team
			Peter's Team | peter's team#1                               | Peter's Team 2
			PETER'S TEAM | peter's team#1, peter's team#2               | PETER'S TEAM 3
			Peter's Team | peter's team#1, peter's team#3               | Peter's Team 2
			Peter's Team | peter's team#2                               | Peter's Team
			Peter's Team | peter's team 2#1                             | Peter's Team
			""")
	void aNameGetsTheLowestNumberThatNobodyElseHas(String base, String others, String name) {
		List<String> keys = (others != null) ? List.of(others.split(", ")) : List.of();
		assertThat(TeamName.lowest(base, keys).text()).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			ALL,    false, G1, true
			ALL,    false, A1, false
			ALL,    false, M1, false
			ALL,    true,  M1, true
			NONE,   false, G1, false
			NONE,   true,  M1, true
			CHOSEN, false, G1, true
			CHOSEN, false, G2, true
			CHOSEN, true,  G3, false
			""")
	void theRulesSayWhatMakesATeam(TeamRules.Groups groups, boolean managers, String container, boolean makesOne) {
		TeamRules rules = new TeamRules(groups,
				Map.of(new ObjectId("1"), Members.DIRECT, new ObjectId("2"), Members.TRANSITIVE),
				managers ? new TeamNaming(Language.EN, null) : null);
		assertThat(rules.choose(Container.parse(container))).isEqualTo(makesOne);
	}

	@Test
	void onlyGroupsThatSaySoReachBelow() {
		TeamRules rules = TeamRules
			.ofGroups(Map.of(new ObjectId("1"), Members.DIRECT, new ObjectId("2"), Members.TRANSITIVE));
		assertThat(rules.nested()).containsExactly(Container.parse("G2"));
		assertThat(TeamRules.standard().nested()).isEmpty();
	}

}
