package io.rollcall.reconciler.rules.guard;

import java.util.List;

import io.rollcall.model.ObjectId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.guard.GuardPolicy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuardPolicyTests {

	@ParameterizedTest(name = "{0} staged, {1} gone today, of {2}: held {3}")
	@CsvSource({ "0, 0, 0, false", "50, 0, 60, false", "51, 0, 60, true", "100, 0, 1000, false", "101, 0, 1000, true",
			"30, 20, 100, false", "31, 20, 100, true", "1, 50, 10, true", "60, 45, 1000, true", "59, 45, 1000, false" })
	void holdsWhatIsAboveTheLargerOfBothLimits(long staged, long released, long total, boolean held) {
		Verdict verdict = GuardPolicy.judge(GuardedKind.ACCOUNTS, staged, released, total, new Rules.Limit(50, 10));
		assertThat(verdict).isInstanceOf(held ? Verdict.Held.class : Verdict.Through.class);
	}

	@Test
	void saysWhichLimitWasExceeded() {
		Verdict verdict = GuardPolicy.judge(GuardedKind.TEAMS, 12, 3, 40, Rules.Guard.standard().teams());
		assertThat(verdict).isEqualTo(new Verdict.Held(
				"12 teams would go (3 more went in the last 24 hours): more than 10, the larger of 10 and 20 % of 43"));
	}

	@Test
	void namesExactlyOneSetByItsHash() {
		StagedItem one = leaver("u1", 1);
		StagedItem two = leaver("u2", 1);
		String both = tally(List.of(one, two)).hash();
		assertThat(tally(List.of(one, two)).hash()).isEqualTo(both).hasSize(64);
		assertThat(tally(List.of(two, one)).hash()).isNotEqualTo(both);
		assertThat(tally(List.of(one)).hash()).isNotEqualTo(both);
		assertThat(tally(List.of(one, leaver("u2", 2))).hash()).isNotEqualTo(both);
	}

	@Test
	void countsOnlyWhatCounts() {
		StagedItem along = new StagedItem(new ObjectId("u1"), GuardedKind.ACCOUNTS, GuardedKind.MEMBERSHIPS, 1, 5);
		SetTally tally = tally(List.of(leaver("u1", 1), along));
		assertThat(tally.items()).isEqualTo(2);
		assertThat(tally.counted()).isEqualTo(1);
	}

	@Test
	void readsAnItemFromItsText() {
		StagedItem item = new StagedItem(new ObjectId("u1"), GuardedKind.MEMBERSHIPS, GuardedKind.MEMBERSHIPS, 7, 3);
		assertThat(StagedItem.parse(item.text())).isEqualTo(item);
	}

	private static SetTally tally(List<StagedItem> items) {
		SetTally tally = SetTally.NONE;
		for (StagedItem item : items) {
			tally = tally.plus(item);
		}
		return tally;
	}

	private static StagedItem leaver(String object, long version) {
		return new StagedItem(new ObjectId(object), GuardedKind.ACCOUNTS, GuardedKind.ACCOUNTS, version, 1);
	}

}
