package io.rollcall.reconciler.flow.apply;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.rollcall.model.Reason;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Account.Leaving.State;
import io.rollcall.reconciler.rules.Leavers;
import io.rollcall.reconciler.rules.Leavers.Choice;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What becomes of the accounts of those who leave, on a real database. */
class LeaversStoriesTests {

	private static final AtomicInteger TENANTS = new AtomicInteger();

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	private Tenant tenant;

	private int version = 1;

	@BeforeEach
	void freshTenant() {
		this.tenant = new Tenant(ports, "l" + TENANTS.incrementAndGet());
	}

	@AfterEach
	void theLogTellsWhatIsStored() {
		ChangeLog.assertTellsWhatIsStored(this.tenant, false);
	}

	private void rules(Choice deleted, Choice disabled, Choice outOfScope) {
		this.tenant.rules(Rules.standard().as(++this.version).with(new Leavers(deleted, disabled, outOfScope)));
	}

	private void rules(Choice all) {
		rules(all, all, all);
	}

	private Cell ada() {
		return this.tenant.person("ada", "Ada", "a@x.org");
	}

	private Cell deleted() {
		return this.tenant.removed("ada", ObjectKind.USER);
	}

	private Cell disabled() {
		return this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "accountEnabled", false);
	}

	private Account account() {
		return this.tenant.account("ada");
	}

	private @Nullable State state() {
		Account.Leaving leaving = account().staged().leaving();
		return (leaving != null) ? leaving.state() : null;
	}

	private void adaLeaves(Choice choice) {
		rules(choice);
		this.tenant.settles(ada());
		this.tenant.settles(deleted());
	}

	private void adaIsDecidedBy(Choice choice) {
		rules(choice);
		this.tenant.decides(Why.RULES, "ada");
		this.tenant.settles();
	}

	private void answers(boolean removed) {
		this.tenant.answers(account(), removed);
		this.tenant.settles();
	}

	private Change.AccountChanged lastChange() {
		return (Change.AccountChanged) this.tenant.changes().getLast();
	}

	static Stream<Arguments> choices() {
		return Stream.of(arguments(Choice.DEACTIVATE, Status.DEACTIVATED, null),
				arguments(Choice.ARCHIVE, Status.ARCHIVED, null), arguments(Choice.QUEUE, Status.ACTIVE, State.QUEUED),
				arguments(Choice.KEEP, Status.ACTIVE, State.KEPT));
	}

	@ParameterizedTest
	@MethodSource("choices")
	void eachWayOfLeavingHasAChoiceOfItsOwn(Choice choice, Status status, @Nullable State state) {
		rules(choice, Choice.DEACTIVATE, Choice.DEACTIVATE);
		this.tenant.settles(ada());
		this.tenant.settles(deleted());
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		this.tenant.releases();
		assertThat(account().status()).isEqualTo(status);
		assertThat(state()).isEqualTo(state);
		this.tenant.settles(ada());
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(account().staged()).isEqualTo(Account.Staged.NOTHING);
		assertThat(account().held()).isNull();
		rules(Choice.DEACTIVATE, choice, Choice.DEACTIVATE);
		this.tenant.settles(disabled());
		this.tenant.releases();
		assertThat(account().status()).isEqualTo(status);
		assertThat(state()).isEqualTo(state);
		this.tenant.settles(ada());
		rules(Choice.DEACTIVATE, Choice.DEACTIVATE, choice);
		this.tenant.ignores("ada", true);
		this.tenant.settles();
		this.tenant.releases();
		assertThat(account().status()).isEqualTo(status);
		assertThat(state()).isEqualTo(state);
	}

	@Test
	void whoWaitsForRemovalIsToldOnceAndGoesWhenAPersonSaysSo() {
		adaLeaves(Choice.QUEUE);
		assertThat(account().held()).isEqualTo(Reason.of(Reason.Code.REMOVAL_QUEUED, "held", "DELETED"));
		assertThat(this.tenant.staged).as("the guard has nothing to judge").isEmpty();
		this.tenant.decides(Why.RULES, "ada");
		this.tenant.settles();
		assertThat(this.tenant.staged).isEmpty();
		assertThat(this.tenant.changesOf("ada")).containsExactly("CREATED", "HELD");
		answers(true);
		assertThat(account().status()).isEqualTo(Status.DEACTIVATED);
		assertThat(state()).isEqualTo(State.REMOVED);
		assertThat(lastChange().cause().by()).isEqualTo("olga");
		assertThat(lastChange().cause().reason().code()).isEqualTo(Reason.Code.DELETED);
	}

	@Test
	void aRemovalIsUndoneByHandAndEndsWhenTheUserComesBack() {
		adaLeaves(Choice.QUEUE);
		answers(true);
		answers(false);
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(state()).isEqualTo(State.KEPT);
		assertThat(lastChange().what()).isEqualTo(Change.AccountChanged.What.REACTIVATED);
		assertThat(lastChange().cause().reason().code()).isEqualTo(Reason.Code.BY_HAND);
		answers(true);
		assertThat(account().status()).isEqualTo(Status.DEACTIVATED);
		this.tenant.settles(ada());
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(state()).isNull();
		this.tenant.settles(deleted());
		assertThat(state()).as("what was said of the first time does not count").isEqualTo(State.QUEUED);
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void whoAPersonKeepsStaysWhateverTheRulesSayLater() {
		adaLeaves(Choice.QUEUE);
		answers(false);
		assertThat(state()).isEqualTo(State.KEPT);
		assertThat(account().held()).isNull();
		assertThat(lastChange().what()).isEqualTo(Change.AccountChanged.What.RELEASED);
		assertThat(lastChange().cause().reason().code()).isEqualTo(Reason.Code.BY_HAND);
		adaIsDecidedBy(Choice.DEACTIVATE);
		this.tenant.releases();
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void anAnswerOfWhatWasShownBeforeSaysNothing() {
		adaLeaves(Choice.QUEUE);
		Account shown = account();
		this.tenant.settles(ada());
		this.tenant.settles(deleted());
		this.tenant.answers(shown, true);
		this.tenant.settles();
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
		assertThat(state()).isEqualTo(State.QUEUED);
	}

	@Test
	void otherChoicesDecideAgainAndBringNobodyBack() {
		adaLeaves(Choice.KEEP);
		adaIsDecidedBy(Choice.DEACTIVATE);
		assertThat(state()).isEqualTo(State.GUARDED);
		assertThat(this.tenant.staged).hasSize(1);
		adaIsDecidedBy(Choice.QUEUE);
		assertThat(state()).isEqualTo(State.QUEUED);
		this.tenant.releases();
		assertThat(account().status()).as("what was staged before is not there any more").isEqualTo(Status.ACTIVE);
		adaIsDecidedBy(Choice.DEACTIVATE);
		this.tenant.releases();
		assertThat(account().status()).isEqualTo(Status.DEACTIVATED);
		adaIsDecidedBy(Choice.ARCHIVE);
		assertThat(account().status()).isEqualTo(Status.ARCHIVED);
		adaIsDecidedBy(Choice.KEEP);
		assertThat(account().status()).isEqualTo(Status.ARCHIVED);
		this.tenant.settles(ada());
		assertThat(account().status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void softDeletedAndPurgedAreToldApartWhileItWaits() {
		adaLeaves(Choice.QUEUE);
		this.tenant
			.settles(new Cell.ObjectGone(0, this.tenant.key("ada").object(), ObjectKind.USER, Removal.PERMANENT));
		assertThat(account().staged().leaving().reason().code()).isEqualTo(Reason.Code.PURGED);
		assertThat(account().held().parameters()).containsEntry("held", "PURGED");
	}

	@Test
	void whoIsKeptHoldsTheAddressButARehireTakesTheAccountOver() {
		adaLeaves(Choice.KEEP);
		this.tenant.settles(this.tenant.person("ada2", "Ada", "a@x.org"));
		assertThat(this.tenant.account("ada2").id()).isEqualTo(this.tenant.idOf("ada"));
		assertThat(this.tenant.account("ada2").staged()).isEqualTo(Account.Staged.NOTHING);
	}

}
