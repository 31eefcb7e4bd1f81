package io.rollcall.model.change;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change.AccountChanged;
import io.rollcall.model.change.Change.AccountChanged.Membership;
import io.rollcall.model.change.Change.TeamChanged;
import io.rollcall.model.change.Tally.Kind;
import io.rollcall.model.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTests {

	private static final Cause CAUSE = new Cause(new ConnectionId("c"), null, Reason.of(Reason.Code.IN_SCOPE), 1, null);

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMBERSHIPS")
	void countsAnAccountAsWhatMattersMostInItsChange(AccountChanged.What what) {
		Tally tally = Tally.of(account(what, "Adele", 0, 0));
		assertThat(tally.counts()).isEqualTo(Map.of(Kind.valueOf("ACCOUNT_" + what), 1L));
		assertThat(tally.names()).isEqualTo(Map.of(Kind.valueOf("ACCOUNT_" + what), List.of("Adele")));
	}

	@ParameterizedTest
	@EnumSource
	void countsATeamAsWhatMattersMostInItsChange(TeamChanged.What what) {
		Tally tally = Tally.of(new TeamChanged(new OrganizationId("o"), new TeamId("t"), 1, what, "Sales", null,
				State.Status.ACTIVE, CAUSE, Instant.EPOCH));
		assertThat(tally).isEqualTo(new Tally(Map.of(Kind.valueOf("TEAM_" + what), 1L),
				Map.of(Kind.valueOf("TEAM_" + what), List.of("Sales"))));
	}

	@Test
	void countsEveryMembershipAndNamesItsPersonOnce() {
		Tally tally = Tally.of(account(AccountChanged.What.CREATED, "Adele", 3, 2));
		assertThat(tally.counts())
			.isEqualTo(Map.of(Kind.ACCOUNT_CREATED, 1L, Kind.MEMBER_JOINED, 3L, Kind.MEMBER_LEFT, 2L));
		assertThat(tally.names().values()).containsOnly(List.of("Adele"));
	}

	@Test
	void countsMembershipsAloneAsNothingElse() {
		Tally tally = Tally.of(account(AccountChanged.What.MEMBERSHIPS, "Adele", 0, 1));
		assertThat(tally.counts()).isEqualTo(Map.of(Kind.MEMBER_LEFT, 1L));
		assertThat(tally.count(Kind.MEMBER_JOINED)).isZero();
		assertThat(tally.isEmpty()).isFalse();
	}

	@Test
	void keepsTheFirstNamesOfEachKindAndAllCounts() {
		Tally sum = IntStream.range(0, 25)
			.mapToObj((i) -> Tally.of(account(AccountChanged.What.CREATED, "Person " + i, i % 2, 0)))
			.reduce(Tally.NONE, Tally::plus);
		assertThat(sum.count(Kind.ACCOUNT_CREATED)).isEqualTo(25);
		assertThat(sum.count(Kind.MEMBER_JOINED)).isEqualTo(12);
		assertThat(sum.names().get(Kind.ACCOUNT_CREATED)).hasSize(Tally.NAMES)
			.startsWith("Person 0", "Person 1")
			.endsWith("Person 9");
		assertThat(sum.names().get(Kind.MEMBER_JOINED)).hasSize(Tally.NAMES).startsWith("Person 1", "Person 3");
	}

	@Test
	void comesToTheSameHoweverItIsPutTogether() {
		Tally one = Tally.of(account(AccountChanged.What.CREATED, "A", 1, 0));
		Tally two = Tally.of(account(AccountChanged.What.UPDATED, "B", 0, 1));
		Tally three = Tally.of(account(AccountChanged.What.CREATED, "C", 2, 0));
		assertThat(one.plus(two).plus(three)).isEqualTo(one.plus(two.plus(three)));
		assertThat(one.plus(Tally.NONE)).isEqualTo(one).isEqualTo(Tally.NONE.plus(one));
		assertThat(Tally.NONE.plus(Tally.NONE).isEmpty()).isTrue();
	}

	private static AccountChanged account(AccountChanged.What what, String name, int joined, int left) {
		return new AccountChanged(new OrganizationId("o"), new AccountId("a"), 1, what, name, State.Status.ACTIVE,
				List.of(), memberships(joined), memberships(left), null, CAUSE, Instant.EPOCH);
	}

	private static List<Membership> memberships(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> new Membership(new TeamId("t" + i), "Team " + i, "MEMBER"))
			.toList();
	}

}
