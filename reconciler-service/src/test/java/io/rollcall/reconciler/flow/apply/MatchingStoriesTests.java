package io.rollcall.reconciler.flow.apply;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.rollcall.model.AccountId;
import io.rollcall.model.Reason;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.directory.Observation.MatchSettled.How;
import io.rollcall.model.state.State.AccountState;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Matching;
import io.rollcall.reconciler.rules.Matching.Create;
import io.rollcall.reconciler.rules.Matching.Key;
import io.rollcall.reconciler.rules.Rules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Which account somebody new finds, and what people say about it, on a real database. */
class MatchingStoriesTests {

	private static final AtomicInteger TENANTS = new AtomicInteger();

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	private Tenant tenant;

	private int version = 1;

	@BeforeEach
	void freshTenant() {
		this.tenant = new Tenant(ports, "m" + TENANTS.incrementAndGet());
	}

	@AfterEach
	void theLogTellsWhatIsStored() {
		ChangeLog.assertTellsWhatIsStored(this.tenant, false);
	}

	private void rules(Create create, Key... by) {
		this.tenant.rules(Rules.standard().as(++this.version).with(new Matching(Arrays.asList(by), create)));
	}

	private Cell ada() {
		return this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "employeeId", " 7 ");
	}

	private Account account() {
		return this.tenant.account("ada");
	}

	private void says(How how, Account account) {
		this.tenant.matches("ada", how, (account != null) ? account.id() : null);
		this.tenant.settles();
	}

	private Change.AccountChanged lastChange() {
		return (Change.AccountChanged) this.tenant.changes().getLast();
	}

	private Account accountOf(String id) {
		return this.tenant.accounts()
			.stream()
			.filter((account) -> account.id().value().equals(id))
			.findFirst()
			.orElseThrow();
	}

	static Stream<Arguments> keys() {
		return Stream.of(arguments(List.of(Key.EMAIL), "by-email"), arguments(List.of(Key.UPN), "by-upn"),
				arguments(List.of(Key.EMPLOYEE_ID), "by-employee"),
				arguments(List.of(Key.EMPLOYEE_ID, Key.UPN, Key.EMAIL), "by-employee"),
				arguments(List.of(Key.UPN, Key.EMAIL), "by-upn"));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void theFirstKeyThatFindsAnAccountDecides(List<Key> by, String expected) {
		this.tenant.imports("by-email", "a@x.org");
		this.tenant.imports("by-upn", "u@x.org", "userPrincipalName:ada@tenant.example");
		this.tenant.imports("by-employee", "e@x.org", "employeeId:7");
		rules(Create.AT_ONCE, by.toArray(Key[]::new));
		this.tenant.settles(ada());
		this.tenant.releases();
		assertThat(account().id().value()).isEqualTo(expected);
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(account().keys()).isEmpty();
		assertThat(account().memberships()).singleElement().matches(Account.Member::byHand);
		if (!expected.equals("by-email")) {
			assertThat(account().held().code()).as("the address is another's").isEqualTo(Reason.Code.EMAIL_TAKEN);
			assertThat(account().name()).isEqualTo("Ada");
		}
	}

	@Test
	void whoIsMatchedByAnotherKeyGetsTheAddressOfTheDirectory() {
		this.tenant.imports("old", "old@x.org", "employeeId:7");
		rules(Create.AT_ONCE, Key.EMPLOYEE_ID);
		this.tenant.settles(ada());
		assertThat(lastChange().cause().reason()).isEqualTo(Reason.of(Reason.Code.MATCHED, "matchedBy", "employeeId"));
		assertThat(account().emailKey()).as("an address in use is guarded").isEqualTo("old@x.org");
		this.tenant.releases();
		assertThat(account().emailKey()).isEqualTo("a@x.org");
	}

	@Test
	void severalThatMatchAreForAPersonToSettle() {
		this.tenant.imports("first", "one@x.org", "employeeId:7");
		Account second = this.tenant.imports("second", "two@x.org", "employeeId:7");
		rules(Create.AT_ONCE, Key.EMPLOYEE_ID);
		this.tenant.settles(ada());
		assertThat(account().status()).isEqualTo(Status.WAITING);
		assertThat(account().held().code()).isEqualTo(Reason.Code.MATCH_DISPUTED);
		assertThat(account().held().parameters()).containsEntry("holder", "first, second");
		says(How.LINK, second);
		assertThat(account().id()).isEqualTo(second.id());
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(lastChange().what()).isEqualTo(Change.AccountChanged.What.LINKED);
		assertThat(lastChange().cause().reason().code()).isEqualTo(Reason.Code.BY_HAND);
		assertThat(lastChange().cause().by()).isEqualTo("olga");
		assertThat(accountOf("first").object()).isNull();
	}

	@Test
	void whoMatchesNothingWaitsUntilAPersonOrTheRulesSayOtherwise() {
		rules(Create.WHEN_ASKED, Key.EMAIL);
		this.tenant.settles(ada(), this.tenant.person("bob", "Bob", "b@x.org"));
		assertThat(account().status()).isEqualTo(Status.WAITING);
		assertThat(account().held().code()).isEqualTo(Reason.Code.AVAILABLE);
		says(How.CREATE, null);
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(lastChange().what()).isEqualTo(Change.AccountChanged.What.CREATED);
		assertThat(lastChange().cause().by()).isEqualTo("olga");
		rules(Create.AT_ONCE, Key.EMAIL);
		this.tenant.decides(Why.RULES, "bob");
		this.tenant.settles();
		assertThat(this.tenant.account("bob").status()).isEqualTo(Status.ACTIVE);
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.releases();
		assertThat(account().status()).isEqualTo(Status.DEACTIVATED);
	}

	@Test
	void whoIsUnlinkedWaitsAndTheAccountStaysWithWhatPeopleGaveIt() {
		this.tenant.imports("mine", "a@x.org");
		this.tenant.settles(this.tenant.group("crew", "Crew"),
				this.tenant.user(Tenant.in("crew"), "ada", "displayName", "Ada", "mail", "a@x.org"));
		Account linked = account();
		assertThat(linked.memberships()).hasSize(2);
		says(How.UNLINK, linked);
		Account left = accountOf("mine");
		assertThat(left.object()).isNull();
		assertThat(left.status()).isEqualTo(Status.ACTIVE);
		assertThat(left.memberships()).singleElement().matches(Account.Member::byHand);
		AccountState state = (AccountState) this.tenant.states.get(this.tenant.organization + ":mine");
		assertThat(state.object()).isNull();
		assertThat(account().held().code()).isEqualTo(Reason.Code.UNLINKED);
		assertThat(account().id()).isNotEqualTo(left.id());
		int told = this.tenant.changes().size();
		this.tenant.decides(Why.RULES, "ada");
		this.tenant.settles();
		assertThat(this.tenant.changes()).hasSize(told);
		says(How.LINK, left);
		assertThat(account().id()).isEqualTo(left.id());
		assertThat(account().memberships()).hasSize(2);
	}

	@Test
	void anAccountOfOnesOwnIsUnlinkedAndLinkedToo() {
		this.tenant.settles(ada());
		Account own = account();
		says(How.UNLINK, own);
		assertThat(accountOf(own.id().value()).object()).isNull();
		assertThat(account().status()).isEqualTo(Status.WAITING);
		says(How.CREATE, null);
		assertThat(account().held().code()).as("the address is still there").isEqualTo(Reason.Code.EMAIL_TAKEN);
		this.tenant.settles(this.tenant.person("ada", "Ada", "other@x.org"));
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(account().id()).isNotEqualTo(own.id());
	}

	@Test
	void aDisputeWithSomebodyWhoIsGoneIsSettledEitherWay() {
		for (How how : List.of(How.LINK, How.CREATE)) {
			this.tenant = new Tenant(ports, "m" + TENANTS.incrementAndGet());
			this.tenant.settles(ada());
			Account old = account();
			this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
			this.tenant.releases();
			this.tenant.settles(this.tenant.user("bob", "displayName", "Bob", "mail", "a@x.org", "employeeId", "8"));
			assertThat(this.tenant.account("bob").held().code()).isEqualTo(Reason.Code.MATCH_DISPUTED);
			this.tenant.matches("bob", how, old.id());
			this.tenant.settles();
			Account bob = this.tenant.account("bob");
			assertThat(bob.status()).isEqualTo(Status.ACTIVE);
			assertThat(bob.emailKey()).isEqualTo("a@x.org");
			assertThat(bob.id().equals(old.id())).isEqualTo(how == How.LINK);
			ChangeLog.assertTellsWhatIsStored(this.tenant, false);
			this.tenant.settles(ada());
			assertThat(account().held().code()).isEqualTo(Reason.Code.EMAIL_TAKEN);
		}
	}

	@Test
	void nobodyIsGivenTheAccountOfSomebodyWhoIsThere() {
		this.tenant.settles(ada(), this.tenant.person("bob", "Bob", "b@x.org"));
		Account bobs = this.tenant.account("bob");
		says(How.UNLINK, account());
		says(How.LINK, bobs);
		assertThat(account().held().code()).isEqualTo(Reason.Code.MATCH_DISPUTED);
		assertThat(this.tenant.account("bob")).isEqualTo(bobs);
	}

	@Test
	void whereTheAddressIsNotComparedItIsOnlyTaken() {
		this.tenant.imports("mine", "a@x.org");
		rules(Create.AT_ONCE, Key.EMPLOYEE_ID);
		this.tenant.settles(ada());
		assertThat(account().status()).isEqualTo(Status.WAITING);
		assertThat(account().held().code()).isEqualTo(Reason.Code.EMAIL_TAKEN);
	}

	@Test
	void anImportedAccountIsThereOnceAndIsFoundInTheSameBatch() {
		AccountId id = new AccountId("imported");
		this.tenant.imports(id, "Imported", "a@x.org");
		this.tenant.settles();
		this.tenant.imports(id, "Again", "other@x.org");
		this.tenant.settles(ada());
		assertThat(account().id()).isEqualTo(id);
		assertThat(account().name()).isEqualTo("Ada");
		AccountId bobs = new AccountId("bobs");
		this.tenant.imports(bobs, "Imported", "b@x.org");
		this.tenant.settles(this.tenant.person("bob", "Bob", "b@x.org"));
		assertThat(this.tenant.account("bob").id()).isEqualTo(bobs);
		assertThat(this.tenant.changesOf("bob")).containsExactly("CREATED");
		Change.AccountChanged created = (Change.AccountChanged) this.tenant.changes().getFirst();
		assertThat(created.what()).isEqualTo(Change.AccountChanged.What.CREATED);
		assertThat(created.cause().reason().code()).isEqualTo(Reason.Code.IMPORTED);
		assertThat(created.cause().by()).isEqualTo("olga");
		assertThat(created.cause().run()).isEqualTo(Tenant.RUN);
	}

	@Test
	void anImportedAccountWhoseAddressWasTakenMeanwhileIsHeldWithoutIt() {
		this.tenant.settles(ada());
		this.tenant.imports(new AccountId("late"), "Late", "A@X.org");
		this.tenant.settles();
		assertThat(accountOf("late").emailKey()).isNull();
		assertThat(accountOf("late").held().code()).isEqualTo(Reason.Code.EMAIL_TAKEN);
		assertThat(accountOf("late").status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void whoIsKilledWhileAccountsAreImportedTellsThemAllTheSame() {
		for (int seed = 0; seed < 20; seed++) {
			Tenant killed = new Tenant(ports, "m" + TENANTS.incrementAndGet(), Kills.by(new Random(seed), 4, 6));
			for (int i = 0; i < 6; i++) {
				killed.imports(new AccountId("i" + i), "I " + i, "i" + i % 5 + "@x.org");
			}
			while (!killed.isAtRest()) {
				try {
					killed.step(killed.log.waiting(), 2);
				}
				catch (Kills.Killed ex) {
					// It comes again.
				}
			}
			assertThat(killed.accounts()).hasSize(6);
			assertThat(killed.accounts()).filteredOn((account) -> account.emailKey() == null).hasSize(1);
			ChangeLog.assertTellsWhatIsStored(killed, false);
		}
	}

	@Test
	void whoIsKilledWhileAPersonUnlinksSomebodyTellsItAllTheSame() {
		for (Kills.Step step : Kills.Step.values()) {
			for (int call = 0; call < 6; call++) {
				Tenant calm = new Tenant(ports, "m" + TENANTS.incrementAndGet());
				calm.settles(calm.person("ada", "Ada", "a@x.org"));
				int[] left = { call };
				Apply killed = calm.instance((at) -> {
					if (at == step && left[0]-- == 0) {
						throw new Kills.Killed();
					}
				});
				calm.matches("ada", How.UNLINK, calm.account("ada").id());
				try {
					killed.apply(calm.log.poll(calm.log.waiting(), 10));
				}
				catch (Kills.Killed ex) {
					// It comes again.
				}
				calm.settles();
				assertThat(calm.account("ada").held().code()).isEqualTo(Reason.Code.UNLINKED);
				assertThat(calm.accounts()).hasSize(2);
				ChangeLog.assertTellsWhatIsStored(calm, false);
			}
		}
	}

}
