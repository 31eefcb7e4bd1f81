package io.rollcall.reconciler.flow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.model.AccountId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.MemberOf;
import io.rollcall.reconciler.rules.Staged;
import io.rollcall.model.Stamp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of people and groups, told by what Graph says. */
class StoriesTests {

	private static final AtomicInteger TENANTS = new AtomicInteger();

	private static MongoPorts ports;

	private static Storage storage;

	private final Tenant tenant = new Tenant(ports, storage, "story" + TENANTS.incrementAndGet());

	@BeforeAll
	static void start() {
		ports = MongoPorts.fresh();
		storage = ports.storage();
	}

	@AfterAll
	static void stop() {
		ports.close();
	}

	@Test
	void aPersonOfTheDirectoryGetsAnAccount() {
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada Lovelace", "givenName", "Ada", "surname",
				"Lovelace", "mail", "Ada@Example.org"));
		Account ada = this.tenant.account("ada");
		assertThat(ada.status()).isEqualTo(AccountStatus.ACTIVE);
		assertThat(ada.emailKey()).isEqualTo("ada@example.org");
		assertThat(ada.fields()).isEqualTo(Map.of("displayName", "Ada Lovelace", "givenName", "Ada", "surname",
				"Lovelace", "email", "Ada@Example.org"));
		assertThat(this.tenant.changesOf("ada")).containsExactly("AccountCreated");
		assertThat(this.tenant.counted.created()).isEqualTo(1);
	}

	@Test
	void aRenameChangesTheNameAndNothingElse() {
		this.tenant.settles(this.tenant.person("ada", "Ada Byron", "ada@example.org"))
			.settles(this.tenant.person("ada", "Ada Lovelace", "ada@example.org"));
		assertThat(this.tenant.account("ada").name()).isEqualTo("Ada Lovelace");
		assertThat(this.tenant.changes().getLast()).isInstanceOfSatisfying(Change.AccountUpdated.class,
				(updated) -> assertThat(updated.fields()).singleElement()
					.hasToString("FieldChange[field=displayName, from=Ada Byron, to=Ada Lovelace]"));
	}

	@Test
	void aClearedAttributeBecomesEmpty() {
		this.tenant
			.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "ada@example.org", "surname", "Byron"))
			.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "ada@example.org", "surname", null));
		assertThat(this.tenant.account("ada").fields()).doesNotContainKey("surname");
		assertThat(this.tenant.changes().getLast()).isInstanceOfSatisfying(Change.AccountUpdated.class,
				(updated) -> assertThat(updated.fields()).singleElement()
					.hasToString("FieldChange[field=surname, from=Byron, to=null]"));
	}

	@Test
	void anOlderReadingChangesNothing() {
		Stamp early = this.tenant.now();
		this.tenant.settles(this.tenant.person("ada", "Ada Lovelace", "ada@example.org"))
			.settles(this.tenant.user(early, "ada", "displayName", "Ada Byron", "mail", "ada@example.org"));
		assertThat(this.tenant.account("ada").name()).isEqualTo("Ada Lovelace");
	}

	@Test
	void twoPeopleSwapTheirAddresses() {
		this.tenant
			.settles(this.tenant.person("ada", "Ada", "a@example.org"),
					this.tenant.person("bob", "Bob", "b@example.org"))
			.settles(this.tenant.person("ada", "Ada", "b@example.org"),
					this.tenant.person("bob", "Bob", "a@example.org"));
		assertThat(this.tenant.account("ada").emailKey()).isEqualTo("b@example.org");
		assertThat(this.tenant.account("bob").emailKey()).isEqualTo("a@example.org");
		assertThat(this.tenant.accounts()).allMatch((account) -> account.held() == null);
	}

	@Test
	void threePeoplePassTheirAddressesOn() {
		this.tenant.settles(this.tenant.person("ada", "Ada", "a@example.org"),
				this.tenant.person("bob", "Bob", "b@example.org"), this.tenant.person("cyd", "Cyd", "c@example.org"))
			.settles(this.tenant.person("ada", "Ada", "b@example.org"))
			.settles(this.tenant.person("bob", "Bob", "c@example.org"))
			.settles(this.tenant.person("cyd", "Cyd", "d@example.org"));
		assertThat(this.tenant.account("ada").emailKey()).isEqualTo("b@example.org");
		assertThat(this.tenant.account("bob").emailKey()).isEqualTo("c@example.org");
		assertThat(this.tenant.account("cyd").emailKey()).isEqualTo("d@example.org");
		assertThat(this.tenant.accounts()).allMatch((account) -> account.held() == null);
	}

	@Test
	void holdsWhoTakesAnAddressThatSomebodyHas() {
		this.tenant
			.settles(this.tenant.person("ada", "Ada", "a@example.org"),
					this.tenant.person("bob", "Bob", "b@example.org"))
			.settles(this.tenant.person("bob", "Bobby", "A@example.org"));
		Account bob = this.tenant.account("bob");
		assertThat(bob.held()).isNotNull()
			.satisfies((held) -> assertThat(held.reason()).isEqualTo(HeldReason.EMAIL_TAKEN))
			.satisfies((held) -> assertThat(held.wants()).isEqualTo("a@example.org"));
		assertThat(bob.emailKey()).isEqualTo("b@example.org");
		assertThat(bob.name()).isEqualTo("Bob");
		this.tenant.settles(this.tenant.person("ada", "Ada", "ada@example.org"));
		assertThat(this.tenant.account("bob").held()).isNull();
		assertThat(this.tenant.account("bob").emailKey()).isEqualTo("a@example.org");
	}

	@Test
	void disputesANewPersonWhoseAddressBelongsToALivingOne() {
		this.tenant.settles(this.tenant.person("ada", "Ada", "ada@example.org"))
			.settles(this.tenant.person("eve", "Eve", "ada@example.org"));
		Account eve = this.tenant.account("eve");
		assertThat(eve.status()).isEqualTo(AccountStatus.WAITING);
		assertThat(eve.held()).isNotNull()
			.satisfies((held) -> assertThat(held.reason()).isEqualTo(HeldReason.MATCH_DISPUTED));
		assertThat(this.tenant.account("ada").held()).isNull();
		this.tenant.settles(this.tenant.person("eve", "Eve", "eve@example.org"));
		assertThat(this.tenant.account("eve").status()).isEqualTo(AccountStatus.ACTIVE);
		assertThat(this.tenant.changesOf("eve")).containsExactly("AccountHeld", "AccountReleased", "AccountCreated");
	}

	@Test
	void ofTwoNewPeopleWithOneAddressTheSecondIsDisputed() {
		this.tenant.settles(this.tenant.person("ada", "Ada", "same@example.org"),
				this.tenant.person("bob", "Bob", "same@example.org"),
				this.tenant.person("cyd", "Cyd", "same@example.org"));
		assertThat(this.tenant.accounts()).hasSize(3)
			.filteredOn((account) -> account.status() == AccountStatus.ACTIVE)
			.hasSize(1);
	}

	@Test
	void holdsWhoIsInvalidAndTakesNothingAway() {
		this.tenant
			.settles(this.tenant.person("ada", "Ada", "ada@example.org"), this.tenant.user("bob", "displayName", "Bob"))
			.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "not an address"));
		assertThat(this.tenant.account("ada").status()).isEqualTo(AccountStatus.ACTIVE);
		assertThat(this.tenant.account("ada").emailKey()).isEqualTo("ada@example.org");
		assertThat(this.tenant.account("ada").held()).isNotNull()
			.satisfies((held) -> assertThat(held.reason()).isEqualTo(HeldReason.EMAIL_INVALID));
		assertThat(this.tenant.account("bob").held()).isNotNull()
			.satisfies((held) -> assertThat(held.reason()).isEqualTo(HeldReason.EMAIL_MISSING));
		this.tenant.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(AccountStatus.ACTIVE);
	}

	@Test
	void joinsNamesWhenThereIsNoDisplayNameAndTakesThePrincipalNameForMail() {
		this.tenant.settles(this.tenant.user("ada", "givenName", "Ada", "surname", "Lovelace", "mail", null,
				"userPrincipalName", "ada@example.org"));
		assertThat(this.tenant.account("ada").fields()).containsEntry("displayName", "Ada Lovelace")
			.containsEntry("email", "ada@example.org");
	}

	@Test
	void aLeaverStaysUntilTheGuardLetsGoAndComesBackAsTheSameAccount() {
		this.tenant.settles(this.tenant.person("ada", "Ada", "ada@example.org"));
		AccountId id = this.tenant.account("ada").id();
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		assertThat(this.tenant.account("ada").status()).isEqualTo(AccountStatus.ACTIVE);
		assertThat(this.tenant.account("ada").staged().leaver()).isNotNull()
			.satisfies((leaver) -> assertThat(leaver.reason()).isEqualTo(LeaverReason.DELETED));
		this.tenant.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(AccountStatus.DEACTIVATED);
		this.tenant.settles(this.tenant.person("ada", "Ada", "ada@example.org"));
		assertThat(this.tenant.account("ada").id()).isEqualTo(id);
		assertThat(this.tenant.account("ada").status()).isEqualTo(AccountStatus.ACTIVE);
		assertThat(this.tenant.changesOf("ada")).containsExactly("AccountCreated", "AccountDeactivated",
				"AccountReactivated");
	}

	@Test
	void whoIsBackBeforeTheGuardLetsGoNeverLeft() {
		this.tenant
			.settles(this.tenant.person("ada", "Ada", "ada@example.org"), this.tenant.removed("ada", ObjectKind.USER))
			.settles(this.tenant.person("ada", "Ada", "ada@example.org"))
			.releases();
		assertThat(this.tenant.account("ada").staged()).isEqualTo(Staged.NOTHING);
		assertThat(this.tenant.changesOf("ada")).containsExactly("AccountCreated");
	}

	@Test
	void disabledGuestAndIgnoredUsersAreLeavers() {
		this.tenant
			.settles(this.tenant.person("ada", "Ada", "ada@example.org"),
					this.tenant.person("bob", "Bob", "bob@example.org"),
					this.tenant.person("cyd", "Cyd", "cyd@example.org"))
			.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "ada@example.org", "accountEnabled", false),
					this.tenant.user("bob", "displayName", "Bob", "mail", "bob@example.org", "userType", "Guest"),
					this.tenant.ignore("cyd", true, "command-1"))
			.releases();
		assertThat(this.tenant.accounts()).allMatch((account) -> account.status() == AccountStatus.DEACTIVATED);
		this.tenant.settles(this.tenant.ignore("cyd", false, "command-2"));
		assertThat(this.tenant.account("cyd").status()).isEqualTo(AccountStatus.ACTIVE);
	}

	@Test
	void aFullRunThatDidNotFindAPersonMakesALeaver() {
		this.tenant.settles(this.tenant.person("ada", "Ada", "ada@example.org"),
				this.tenant.person("bob", "Bob", "bob@example.org"));
		Stamp started = this.tenant.now();
		this.tenant.settles(this.tenant.person("bob", "Bob", "bob@example.org"))
			.settles(this.tenant.unseen("ada", started), this.tenant.unseen("bob", started))
			.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(AccountStatus.DEACTIVATED);
		assertThat(this.tenant.account("bob").status()).isEqualTo(AccountStatus.ACTIVE);
	}

	@Test
	void aRehireWithANewObjectTakesTheAccountOverByEmail() {
		this.tenant.settles(this.tenant.person("ada1", "Ada", "ada@example.org"))
			.settles(this.tenant.removed("ada1", ObjectKind.USER));
		this.tenant.releases();
		AccountId id = this.tenant.accounts().getFirst().id();
		this.tenant.settles(this.tenant.person("ada2", "Ada L.", "ada@example.org"));
		assertThat(this.tenant.accounts()).hasSize(1);
		assertThat(this.tenant.account("ada2").id()).isEqualTo(id);
		assertThat(this.tenant.account("ada2").status()).isEqualTo(AccountStatus.ACTIVE);
		assertThat(this.tenant.changesOf("ada2")).containsExactly("AccountCreated", "AccountDeactivated",
				"AccountLinked", "AccountReactivated", "AccountUpdated");
	}

	@Test
	void whoseAccountWasTakenOverGetsANewOneOnReturn() {
		this.tenant.settles(this.tenant.person("ada1", "Ada", "ada@example.org"))
			.settles(this.tenant.removed("ada1", ObjectKind.USER));
		this.tenant.releases().settles(this.tenant.person("ada2", "Ada", "ada@example.org"));
		this.tenant.settles(this.tenant.person("ada1", "Old Ada", "old@example.org"));
		assertThat(this.tenant.accounts()).hasSize(2).allMatch((account) -> account.status() == AccountStatus.ACTIVE);
		assertThat(this.tenant.account("ada1").id()).isNotEqualTo(this.tenant.account("ada2").id());
		this.tenant.settles(this.tenant.person("ada1", "Older Ada", "old@example.org"));
		assertThat(this.tenant.account("ada1").name()).isEqualTo("Older Ada");
	}

	@Test
	void whoseAccountIsTakenOverInTheSameBatchGetsANewOne() {
		this.tenant.settles(this.tenant.person("ada1", "Ada", "ada@example.org"))
			.settles(this.tenant.removed("ada1", ObjectKind.USER));
		AccountId id = this.tenant.account("ada1").id();
		this.tenant.says(this.tenant.person("ada2", "Ada", "ada@example.org"),
				this.tenant.person("ada1", "Old Ada", "old@example.org"));
		this.tenant.step(List.of(partitionOf("ada2"), partitionOf("ada1")), 10);
		assertThat(this.tenant.account("ada2").id()).isEqualTo(id);
		assertThat(this.tenant.account("ada1").id()).isNotEqualTo(id);
	}

	private int partitionOf(String object) {
		return Log.partitionOf(this.tenant.key(object).toString());
	}

	@Test
	void aRehireBeforeTheLeaverWasSeenWaitsAndThenTakesOver() {
		this.tenant
			.settles(this.tenant.person("ada1", "Ada", "ada@example.org"),
					this.tenant.person("ada2", "Ada", "ada@example.org"))
			.settles(this.tenant.removed("ada1", ObjectKind.USER));
		assertThat(this.tenant.account("ada2").status()).isEqualTo(AccountStatus.ACTIVE);
		assertThat(this.tenant.accounts()).filteredOn((account) -> account.status() == AccountStatus.ACTIVE).hasSize(1);
		assertThat(this.tenant.accounts()).allMatch((account) -> account.held() == null);
	}

	@Test
	void aMembershipWaitsForItsGroupAndItsMember() {
		this.tenant.settles(this.tenant.member("ada", "crew", true));
		assertThat(this.tenant.accounts()).isEmpty();
		this.tenant.settles(this.tenant.person("ada", "Ada", "ada@example.org"));
		assertThat(this.tenant.teamsOf("ada")).isEmpty();
		this.tenant.settles(this.tenant.group("crew", "Crew"));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
		assertThat(this.tenant.team("crew").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.changesOf("ada")).containsExactly("AccountCreated", "MemberAdded");
	}

	@Test
	void whoLeavesAGroupLeavesItsTeamWhenTheGuardLetsGo() {
		this.tenant
			.settles(this.tenant.group("crew", "Crew"), this.tenant.person("ada", "Ada", "ada@example.org"),
					this.tenant.member("ada", "crew", true))
			.settles(this.tenant.member("ada", "crew", false));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
		assertThat(this.tenant.account("ada").staged().removals()).hasSize(1);
		this.tenant.releases();
		assertThat(this.tenant.teamsOf("ada")).isEmpty();
		assertThat(this.tenant.account("ada").staged()).isEqualTo(Staged.NOTHING);
	}

	@Test
	void aDeletedGroupIsArchivedAndARecreatedOneIsListedAgain() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), this.tenant.person("ada", "Ada", "ada@example.org"),
				this.tenant.member("ada", "crew", true));
		this.tenant.settles(this.tenant.removed("crew", ObjectKind.GROUP));
		assertThat(this.tenant.account("ada").staged().removals()).hasSize(1);
		this.tenant.releases();
		assertThat(this.tenant.team("crew").status()).isEqualTo(Status.ARCHIVED);
		assertThat(this.tenant.teamsOf("ada")).isEmpty();
		this.tenant.settles(this.tenant.group("crew", "Crew"), this.tenant.member("ada", "crew", true));
		assertThat(this.tenant.team("crew").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
	}

	@Test
	void aTeamIsRenamedWithItsGroup() {
		this.tenant.settles(this.tenant.group("crew", "Crew")).settles(this.tenant.group("crew", "Staff"));
		assertThat(this.tenant.team("crew").name()).isEqualTo("Staff");
		assertThat(this.tenant.changes()).extracting((change) -> change.getClass().getSimpleName())
			.containsExactly("TeamCreated", "TeamRenamed");
	}

	@Test
	void aManualMemberSurvivesEveryRunWithTheGivenRole() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), this.tenant.person("ada", "Ada", "ada@example.org"));
		AccountId ada = this.tenant.account("ada").id();
		this.tenant
			.settles(this.tenant.manual("ada", ada, this.tenant.team("crew").id(), "SUPERVISOR", "command-1"),
					this.tenant.manual("ada", ada, this.tenant.team("crew").id(), "SUPERVISOR", "command-1"))
			.settles(this.tenant.member("ada", "crew", true))
			.settles(this.tenant.member("ada", "crew", false))
			.releases();
		assertThat(this.tenant.account("ada").memberships()).singleElement()
			.satisfies((membership) -> assertThat(membership.role()).isEqualTo("SUPERVISOR"))
			.satisfies((membership) -> assertThat(membership.origin()).isEqualTo(MemberOf.Origin.MANUAL));
		assertThat(this.tenant.account("ada").commands()).containsExactly("command-1");
		assertThat(this.tenant.changesOf("ada")).containsExactly("AccountCreated", "MemberAdded");
		this.tenant.settles(this.tenant.manual("ada", ada, this.tenant.team("crew").id(), null, "command-2"));
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
	}

	@Test
	void anApprovalCoversOnlyWhatWasStagedWhenItWasShown() {
		this.tenant
			.settles(this.tenant.group("crew", "Crew"), this.tenant.group("club", "Club"),
					this.tenant.person("ada", "Ada", "ada@example.org"), this.tenant.member("ada", "crew", true),
					this.tenant.member("ada", "club", true))
			.settles(this.tenant.member("ada", "crew", false));
		long shown = this.tenant.account("ada").version();
		this.tenant.settles(this.tenant.member("ada", "club", false))
			.settles(this.tenant.release(this.tenant.key("ada"),
					io.rollcall.reconciler.rules.Release.parse("MEMBERSHIPS@" + shown)));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Club");
		assertThat(this.tenant.account("ada").staged().removals()).hasSize(1);
	}

	@Test
	void aNestedGroupIsAMemberWithoutAnAccount() {
		this.tenant.settles(this.tenant.group("all", "All"), this.tenant.group("crew", "Crew"),
				this.tenant.member("crew", "all", true));
		assertThat(this.tenant.accounts()).isEmpty();
		assertThat(this.tenant.teams()).extracting((team) -> team.name()).containsExactlyInAnyOrder("All", "Crew");
	}

	@Test
	void nothingNewWritesNothing() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), this.tenant.person("ada", "Ada", "ada@example.org"),
				this.tenant.member("ada", "crew", true));
		List<Account> before = this.tenant.accounts();
		int published = this.tenant.published.size();
		this.tenant.settles(this.tenant.person("ada", "Ada", "ada@example.org"), this.tenant.group("crew", "Crew"));
		assertThat(this.tenant.accounts()).isEqualTo(before);
		assertThat(this.tenant.published).hasSize(published);
	}

}
