package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.rollcall.model.AccountId;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.directory.Observation.MatchSettled.How;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Account.Leaving.State;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.Leavers;
import io.rollcall.reconciler.rules.Matching;
import io.rollcall.reconciler.rules.Rules;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random histories of people who come and go, of rules about leavers and matching, of
 * what people say, and of kills: what is told is what is stored, deciding again changes
 * nothing, nobody has two accounts, and what people gave an account stays with it.
 */
class ActsHistoriesTests {

	private static final long SEED = Long.getLong("seed", 20261201L);

	private static final int HISTORIES = Integer.getInteger("histories", 100);

	private static final List<String> USERS = List.of("u0", "u1", "u2", "u3");

	private static final int IMPORTED = 4;

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	@Test
	void whateverPeopleSayEndsAsAFreshDecisionSays() {
		for (int history = 0; history < HISTORIES; history++) {
			long seed = SEED + history;
			try {
				new History(seed).run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("run with -Dseed=%d -Dhistories=1".formatted(seed), ex);
			}
		}
	}

	private static final class History {

		private final Random random;

		private final Tenant tenant;

		private int version = 1;

		private History(long seed) {
			this.random = new Random(seed);
			this.tenant = new Tenant(ports, "h" + seed,
					(seed % 2 == 1) ? Kills.by(new Random(seed), 15, 15) : Kills.NONE);
		}

		private void run() {
			for (int i = 0; i < IMPORTED; i++) {
				this.tenant.imports("i" + i, "i" + i + "@x.org", "employeeId:" + i);
			}
			rules();
			for (int i = 0; i < 40; i++) {
				somethingHappens();
				if (this.random.nextInt(3) > 0) {
					rest();
				}
			}
			decideAll();
			ChangeLog.assertTellsWhatIsStored(this.tenant, false);
			int told = this.tenant.changes().size();
			List<Account> before = this.tenant.accounts();
			decideAll();
			assertThat(this.tenant.changes()).hasSize(told);
			assertThat(this.tenant.accounts()).containsExactlyInAnyOrderElementsOf(before);
			USERS.forEach(this::assertIsAsDecided);
			this.tenant.accounts()
				.stream()
				.filter((account) -> account.id().value().startsWith("i"))
				.forEach(this::assertKeepsWhatPeopleGave);
		}

		private void somethingHappens() {
			String user = USERS.get(this.random.nextInt(USERS.size()));
			switch (this.random.nextInt(10)) {
				case 0, 1 -> this.tenant.says(this.tenant.user(user, "displayName", user + this.random.nextInt(3),
						"mail", user + this.random.nextInt(2) + "@x.org", "employeeId",
						this.random.nextBoolean() ? "" + this.random.nextInt(IMPORTED) : null));
				case 2 -> this.tenant.says(this.tenant.removed(user, ObjectKind.USER));
				case 3 -> this.tenant.says(
						this.tenant.user(user, "displayName", user, "mail", user + "0@x.org", "accountEnabled", false));
				case 4 -> rules();
				case 5 -> answers();
				case 6, 7 -> matches(user);
				case 8 -> this.tenant.ignores(user, this.random.nextBoolean());
				default -> this.tenant.release();
			}
		}

		private void rules() {
			Leavers.Choice[] choices = Leavers.Choice.values();
			List<Matching.Key> keys = this.random.nextBoolean() ? List.of(Matching.Key.EMAIL)
					: List.of(Matching.Key.EMPLOYEE_ID, Matching.Key.EMAIL);
			this.tenant.rules(Rules.standard()
				.as(++this.version)
				.with(new Leavers(any(choices), any(choices), any(choices)))
				.with(new Matching(keys, any(Matching.Create.values()))));
		}

		private <T> T any(T[] some) {
			return some[this.random.nextInt(some.length)];
		}

		private void answers() {
			this.tenant.accounts()
				.stream()
				.filter((account) -> account.object() != null && account.staged().leaving() != null)
				.forEach((account) -> this.tenant.answers(account, this.random.nextBoolean()));
		}

		private void matches(String user) {
			How how = any(How.values());
			List<Account> accounts = this.tenant.accounts();
			if (!accounts.isEmpty()) {
				this.tenant.matches(user, how, switch (how) {
					case LINK -> new AccountId("i" + this.random.nextInt(IMPORTED));
					case UNLINK -> this.tenant.hasAccount(user) ? this.tenant.account(user).id() : null;
					case CREATE -> accounts.get(this.random.nextInt(accounts.size())).id();
				});
			}
		}

		/** Until the guard has nothing to let go any more. */
		private void decideAll() {
			USERS.forEach((user) -> this.tenant.decides(Why.RULES, user));
			rest();
			for (int i = 0; !this.tenant.staged.isEmpty(); i++) {
				assertThat(i).as("rounds of releases").isLessThan(50);
				this.tenant.release();
				rest();
			}
		}

		private void rest() {
			for (int i = 0; !this.tenant.isAtRest(); i++) {
				assertThat(i).as("batches until all is applied").isLessThan(1_000);
				List<Log.Place> waiting = new ArrayList<>(this.tenant.log.waiting());
				Collections.shuffle(waiting, this.random);
				try {
					this.tenant.step(waiting.subList(0, 1 + this.random.nextInt(waiting.size())),
							1 + this.random.nextInt(8));
				}
				catch (Kills.Killed ex) {
					// It comes again, cut in another way.
				}
			}
		}

		private void assertIsAsDecided(String user) {
			List<Account> linked = this.tenant.accounts()
				.stream()
				.filter((account) -> this.tenant.key(user).equals(account.object()) && account.isLinked())
				.toList();
			assertThat(linked).hasSizeLessThanOrEqualTo(1);
			if (linked.isEmpty()) {
				return;
			}
			Account account = linked.getFirst();
			Account.Leaving leaving = account.staged().leaving();
			switch (Decision.of(this.tenant.rules(), this.tenant.facts(user), Containers.UNREAD)) {
				case Decision.Include _ -> {
					assertThat(leaving).isNull();
					assertThat(account.status() == Status.ACTIVE || account.emailKey() == null).isTrue();
				}
				case Decision.Leave leave -> {
					Leavers.Choice choice = this.tenant.rules().leavers().of(leave.reason());
					boolean byRules = choice == Leavers.Choice.QUEUE || choice == Leavers.Choice.KEEP;
					if (account.status() == Status.ACTIVE) {
						assertThat(leaving.state()).isIn(State.QUEUED, State.KEPT);
						assertThat(byRules || leaving.at() != null).as("%s by %s", account, choice).isTrue();
						assertThat(account.held() != null).isEqualTo(leaving.state() == State.QUEUED);
					}
				}
				case Decision.Nothing _ -> {
				}
			}
		}

		/** Only somebody else who takes over the account of somebody gone loses it. */
		private void assertKeepsWhatPeopleGave(Account account) {
			boolean takenOver = this.tenant.changes()
				.stream()
				.anyMatch((change) -> change instanceof Change.AccountChanged of && of.account().equals(account.id())
						&& of.what() == Change.AccountChanged.What.LINKED && !of.left().isEmpty());
			assertThat(takenOver || account.memberships().stream().anyMatch(Account.Member::byHand)).as("%s", account)
				.isTrue();
		}

	}

}
