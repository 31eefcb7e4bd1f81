package io.rollcall.reconciler.flow.apply;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.model.AccountId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint.ObjectWanted;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Departure;
import io.rollcall.reconciler.rules.Leavers;
import io.rollcall.reconciler.rules.Matching;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.TeamRules;
import io.rollcall.reconciler.rules.mapping.Mapping;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What apply makes of what Graph says, on a real database. */
class StoriesTests {

	private static final AtomicInteger TENANTS = new AtomicInteger();

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	private Tenant tenant;

	@BeforeEach
	void freshTenant() {
		this.tenant = new Tenant(ports, "s" + TENANTS.incrementAndGet());
	}

	@AfterEach
	void theLogTellsWhatIsStored() {
		ChangeLog.assertTellsWhatIsStored(this.tenant, false);
	}

	private Cell ada() {
		return this.tenant.person("ada", "Ada", "a@x.org");
	}

	private Account ada(Cell... cells) {
		this.tenant.settles(cells);
		return this.tenant.account("ada");
	}

	private void importedAccount(String id, String email) {
		ports.save(new StoredAccount(new Account(this.tenant.organization, new AccountId(id), Status.ACTIVE,
				Map.of(Account.DISPLAY_NAME, "Imported", Account.EMAIL, email), email, List.of(), null,
				List.of(new Account.Member(new TeamId("by-hand"), "By hand", "OWNER", true)), null,
				Account.Staged.NOTHING, null, null, 1, 0, 1), null, Instant.EPOCH));
	}

	// Fields.

	@Test
	void aPersonOfTheDirectoryGetsAnAccount() {
		Account account = ada(this.tenant.user("ada", "displayName", "Ada", "givenName", "Ada", "mail", "A@x.org"));
		assertThat(account.status()).isEqualTo(Status.ACTIVE);
		assertThat(account.fields()).containsExactly(Map.entry("displayName", "Ada"), Map.entry("email", "A@x.org"),
				Map.entry("givenName", "Ada"));
		assertThat(account.emailKey()).isEqualTo("a@x.org");
		assertThat(account.id()).isEqualTo(this.tenant.idOf("ada"));
		assertThat(this.tenant.changesOf("ada")).containsExactly("CREATED");
	}

	@Test
	void aRenameIsOneChangeWithItsState() {
		this.tenant.settles(ada());
		this.tenant.published.clear();
		this.tenant.settles(this.tenant.person("ada", "Ada L.", "a@x.org"));
		assertThat(this.tenant.published).extracting(Outbound.Message::topic)
			.containsExactly(Topics.CHANGES, Topics.ACCOUNTS);
		this.tenant.published.clear();
		this.tenant.settles(ada(), ada());
		assertThat(this.tenant.account("ada").version()).isEqualTo(3);
		this.tenant.published.clear();
		freshLog();
	}

	private void freshLog() {
		this.tenant = new Tenant(ports, "s" + TENANTS.incrementAndGet());
	}

	@Test
	void aClearedAttributeBecomesEmptyAndOneThatWasNeverReadStays() {
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "surname", "Lovelace"));
		Rules more = Rules.standard().as(2).with(Mapping.of(Map.of("surname", "surname", "department", "department")));
		assertThat(this.tenant.account("ada").fields()).containsEntry("surname", "Lovelace");
		this.tenant.rules(more);
		this.tenant.settles(ada());
		assertThat(this.tenant.account("ada").fields()).doesNotContainKeys("surname", "department");
		assertThat(this.tenant.account("ada").rulesVersion()).isEqualTo(2);
	}

	@Test
	void publishingRulesThatMapWhatWasNeverReadClearsNothing() {
		importedAccount("imported", "a@x.org");
		this.tenant.rules(Rules.standard().as(2).with(Mapping.of(Map.of("givenName", "givenName"))));
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "givenName", "Ada"));
		this.tenant.rules(Rules.standard().as(3).with(Mapping.of(Map.of("givenName", "neverRead"))));
		this.tenant.decides(Why.RULES, "ada");
		this.tenant.settles();
		assertThat(this.tenant.account("ada").fields()).containsEntry("givenName", "Ada");
		freshLog();
	}

	@Test
	void joinsNamesWhenThereIsNoDisplayNameAndTakesThePrincipalNameForMail() {
		Account account = ada(this.tenant.user("ada", "givenName", "Ada", "surname", "Lovelace"));
		assertThat(account.name()).isEqualTo("Ada Lovelace");
		assertThat(account.emailKey()).isEqualTo("ada@tenant.example");
	}

	@Test
	void cleansWhatNobodyCanSeeOffNamesAndAddresses() {
		Account account = ada(
				this.tenant.user("ada", "displayName", "\u00a0A\u200bda\u00ad ", "mail", "\u200ba@x.org\u00a0"));
		assertThat(account.fields()).containsEntry("displayName", "Ada").containsEntry("email", "a@x.org");
	}

	@Test
	void holdsOnlyTheFieldThatIsMissing() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), ada(), this.tenant.member("ada", "crew", true));
		this.tenant.settles(this.tenant.user("ada", "mail", "a@x.org", "surname", null),
				this.tenant.member("ada", "crew", false));
		this.tenant.releases();
		Account account = this.tenant.account("ada");
		assertThat(account.held()).isEqualTo(Reason.of(Reason.Code.NAME_MISSING));
		assertThat(account.name()).isEqualTo("Ada");
		assertThat(account.memberships()).isEmpty();
	}

	// Addresses.

	@Test
	void anAddressOfAnActiveAccountWaitsForTheGuardAndNothingElse() {
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.person("ada", "Ada L.", "new@x.org"));
		assertThat(this.tenant.account("ada").name()).isEqualTo("Ada L.");
		assertThat(this.tenant.account("ada").emailKey()).isEqualTo("a@x.org");
		assertThat(this.tenant.staged).singleElement()
			.satisfies((entry) -> assertThat(entry.kind().name()).isEqualTo("ADDRESSES"));
		this.tenant.releases();
		assertThat(this.tenant.account("ada").emailKey()).isEqualTo("new@x.org");
	}

	@Test
	void twoPeopleSwapTheirAddressesAndThreePassTheirsOn() {
		this.tenant.settles(ada(), this.tenant.person("bob", "Bob", "b@x.org"),
				this.tenant.person("cy", "Cy", "c@x.org"));
		this.tenant.settles(this.tenant.person("ada", "Ada", "b@x.org"), this.tenant.person("bob", "Bob", "a@x.org"));
		this.tenant.releases();
		assertThat(this.tenant.account("ada").emailKey()).isEqualTo("b@x.org");
		assertThat(this.tenant.account("bob").emailKey()).isEqualTo("a@x.org");
		this.tenant.settles(this.tenant.person("ada", "Ada", "a@x.org"), this.tenant.person("bob", "Bob", "c@x.org"),
				this.tenant.person("cy", "Cy", "b@x.org"));
		this.tenant.releases();
		assertThat(List.of("ada", "bob", "cy")).extracting((object) -> this.tenant.account(object).emailKey())
			.containsExactly("a@x.org", "c@x.org", "b@x.org");
		assertThat(this.tenant.accounts()).allMatch((account) -> account.held() == null);
	}

	@Test
	void whoIsHeldForAnAddressLeavesTeamsAndIsRenamedAllTheSame() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), ada(), this.tenant.person("bob", "Bob", "b@x.org"),
				this.tenant.member("bob", "crew", true));
		this.tenant.settles(this.tenant.person("bob", "Bob", "a@x.org"));
		this.tenant.releases();
		assertThat(this.tenant.account("bob").held().code()).isEqualTo(Reason.Code.EMAIL_TAKEN);
		this.tenant.settles(this.tenant.member("bob", "crew", false), this.tenant.person("bob", "Robert", "a@x.org"));
		this.tenant.releases();
		assertThat(this.tenant.account("bob").name()).isEqualTo("Robert");
		assertThat(this.tenant.account("bob").memberships()).isEmpty();
		this.tenant.settles(this.tenant.removed("bob", ObjectKind.USER));
		this.tenant.releases();
		assertThat(this.tenant.account("bob").status()).isEqualTo(Status.DEACTIVATED);
	}

	@Test
	void ofTwoNewPeopleWithOneAddressTheFirstStays() {
		this.tenant.settles(ada(), this.tenant.person("bob", "Bob", "A@X.org"));
		Account second = this.tenant.accounts()
			.stream()
			.filter((account) -> account.status() == Status.WAITING)
			.findFirst()
			.orElseThrow();
		assertThat(second.held().code()).isEqualTo(Reason.Code.EMAIL_TAKEN);
		assertThat(this.tenant.accounts()).filteredOn((account) -> account.status() == Status.ACTIVE).hasSize(1);
	}

	@Test
	void aDisabledOrIgnoredPersonKeepsTheAccountThatAnotherWants() {
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.person("bob", "Bob", "a@x.org"));
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "accountEnabled", false));
		this.tenant.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		assertThat(this.tenant.account("bob").status()).isEqualTo(Status.WAITING);
		this.tenant.ignores("ada", true);
		this.tenant.settles(ada());
		assertThat(this.tenant.account("bob").status()).isEqualTo(Status.WAITING);
		this.tenant.ignores("ada", false);
		this.tenant.settles();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.account("ada").emailKey()).isEqualTo("a@x.org");
	}

	@Test
	void aRehireWithTheSameEmployeeIdTakesTheAccountOverWithoutWhatPeopleGaveIt() {
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "employeeId", "7"));
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.releases();
		AccountId id = this.tenant.account("ada").id();
		this.tenant.settles(this.tenant.user("ada2", "displayName", "Ada M.", "mail", "a@x.org", "employeeId", "7"));
		assertThat(this.tenant.account("ada2").id()).isEqualTo(id);
		assertThat(this.tenant.account("ada2").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.changesOf("ada2")).contains("LINKED");
		assertThat(this.tenant.progress).hasAtLeastOneElementOfType(Progress.WriterChanged.class);
		this.tenant.settles(this.tenant.person("ada", "Ada", "other@x.org"));
		assertThat(this.tenant.account("ada").id()).isNotEqualTo(id);
		this.tenant.settles(this.tenant.person("ada", "Ada again", "other@x.org"));
		assertThat(this.tenant.account("ada").name()).isEqualTo("Ada again");
	}

	@Test
	void somebodyElseWithTheAddressOfADeletedPersonIsForAPersonToSay() {
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "employeeId", "7"));
		this.tenant.settles(this.tenant.user("bob", "displayName", "Ada", "mail", "a@x.org", "employeeId", "8"));
		assertThat(this.tenant.account("bob").held().code()).isEqualTo(Reason.Code.EMAIL_TAKEN);
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.releases();
		assertThat(this.tenant.account("bob").status()).isEqualTo(Status.WAITING);
		assertThat(this.tenant.account("bob").held().code()).isEqualTo(Reason.Code.MATCH_DISPUTED);
	}

	@Test
	void aRehireBeforeTheLeaverWasSeenWaitsAndThenTakesOver() {
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.person("ada2", "Ada", "a@x.org"));
		assertThat(this.tenant.account("ada2").status()).isEqualTo(Status.WAITING);
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.releases();
		assertThat(this.tenant.account("ada2").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.account("ada2").id()).isEqualTo(this.tenant.idOf("ada"));
	}

	@Test
	void whoeverIsDeletedAfterBeingDisabledLetsTheRehireIn() {
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.person("ada2", "Ada", "a@x.org"));
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "accountEnabled", false));
		this.tenant.releases();
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		assertThat(this.tenant.account("ada2").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.account("ada2").id()).isEqualTo(this.tenant.idOf("ada"));
	}

	@Test
	void anImportedAccountIsLinkedAndKeepsWhatPeopleGaveIt() {
		importedAccount("imported", "a@x.org");
		this.tenant.settles(ada());
		Account account = this.tenant.account("ada");
		assertThat(account.id().value()).isEqualTo("imported");
		assertThat(account.memberships()).singleElement()
			.satisfies((member) -> assertThat(member.role()).isEqualTo("OWNER"));
		this.tenant.settles(this.tenant.person("ada", "Ada L.", "a@x.org"));
		assertThat(this.tenant.account("ada").name()).isEqualTo("Ada L.");
		freshLog();
	}

	// Leaving and coming back.

	@Test
	void aLeaverStaysUntilTheGuardLetsGoAndComesBackAsTheSameAccount() {
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.ACTIVE);
		this.tenant.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		this.tenant.settles(ada());
		assertThat(this.tenant.changesOf("ada")).containsExactly("CREATED", "DEACTIVATED", "REACTIVATED");
		assertThat(this.tenant.wishes).extracting(ObjectWanted::why).containsExactly(ObjectWanted.Why.CAME_BACK);
	}

	@Test
	void aReleaseCoversOnlyTheRevisionThatWasStaged() {
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		Progress.Staged.Entry shown = this.tenant.staged.getFirst();
		this.tenant.settles(ada(), this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.release(shown);
		this.tenant.settles();
		// Both within one batch: it never was back.
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.settles(ada());
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.release(shown);
		this.tenant.settles();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void disabledGuestAndIgnoredUsersAreLeavers() {
		this.tenant.settles(ada(), this.tenant.person("bob", "Bob", "b@x.org"),
				this.tenant.person("cy", "Cy", "c@x.org"));
		this.tenant.ignores("cy", true);
		this.tenant.settles(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "accountEnabled", false),
				this.tenant.user("bob", "displayName", "Bob", "mail", "b@x.org", "userType", "Guest"));
		this.tenant.releases();
		assertThat(this.tenant.accounts()).allMatch((account) -> account.status() == Status.DEACTIVATED);
	}

	@Test
	void theUnseenLeaveUnlessTheirOwnPageCameSinceTheStart() {
		this.tenant.settles(ada(), this.tenant.person("bob", "Bob", "b@x.org"));
		Stamp startedAt = this.tenant.now();
		this.tenant.settles(this.tenant.person("bob", "Bob", "b@x.org"), this.tenant.member("ada", "crew", true));
		this.tenant.unseen(startedAt, "ada");
		this.tenant.unseen(startedAt, "bob");
		this.tenant.settles();
		this.tenant.releases();
		assertThat(this.tenant.facts("ada").departure()).isEqualTo(Departure.UNSEEN);
		assertThat(this.tenant.facts("ada").whole().stamp()).isEqualTo(startedAt);
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		assertThat(this.tenant.account("bob").status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void aListingDoesNotBringBackWhoLeftLiveSinceItBegan() {
		this.tenant.settles(ada());
		Stamp startedAt = this.tenant.now();
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.lists(startedAt, ada());
		this.tenant.settles();
		this.tenant.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		assertThat(this.tenant.wishes).extracting(ObjectWanted::why)
			.containsExactly(ObjectWanted.Why.LISTED_AFTER_LEAVING);
	}

	@Test
	void aBadOrThinCellCountsAsSeen() {
		this.tenant.settles(ada(), this.tenant.person("bob", "Bob", "b@x.org"));
		Stamp startedAt = this.tenant.now();
		this.tenant.lists(startedAt, new Cell.Unreadable(0, new ObjectId("ada"), ObjectKind.USER, "bad"),
				new Cell.ObjectRead(0, new ObjectId("bob"), ObjectKind.USER, new Attributes(Map.of("mail", "x")),
						null));
		this.tenant.unseen(startedAt, "ada");
		this.tenant.unseen(startedAt, "bob");
		this.tenant.settles();
		this.tenant.releases();
		assertThat(this.tenant.accounts()).allMatch((account) -> account.status() == Status.ACTIVE);
		assertThat(this.tenant.account("bob").emailKey()).isEqualTo("b@x.org");
		assertThat(this.tenant.wishes).extracting(ObjectWanted::why).containsExactly(ObjectWanted.Why.THIN);
	}

	@Test
	void aRemovalThatOvertakesTheListingOfSomebodyNewHolds() {
		Stamp startedAt = this.tenant.now();
		Stamp listed = this.tenant.now();
		Stamp listedToo = this.tenant.now();
		this.tenant.settles(this.tenant.group("crew", "Crew"), this.tenant.removed("ada", ObjectKind.USER),
				this.tenant.member("bob", "crew", false));
		this.tenant.lists(startedAt, listed, this.tenant.user(Tenant.in("crew"), "ada", "displayName", "Ada"));
		this.tenant.lists(startedAt, listedToo, this.tenant.user(Tenant.in("crew"), "bob", "displayName", "Bob"));
		this.tenant.settles();
		assertThat(this.tenant.hasAccount("ada")).isFalse();
		assertThat(this.tenant.account("bob").memberships()).isEmpty();
	}

	// Teams.

	@Test
	void aMembershipWaitsForItsGroupAndItsMember() {
		this.tenant.settles(this.tenant.member("ada", "crew", true));
		assertThat(this.tenant.hasAccount("ada")).isFalse();
		this.tenant.settles(ada());
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
		this.tenant.settles(this.tenant.group("crew", "Crew"));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
	}

	@Test
	void whoLeavesAGroupLeavesItsTeamWhenTheGuardLetsGo() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), ada(), this.tenant.member("ada", "crew", true));
		this.tenant.settles(this.tenant.member("ada", "crew", false));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
		this.tenant.releases();
		assertThat(this.tenant.teamsOf("ada")).isEmpty();
		assertThat(this.tenant.changesOf("ada")).containsExactly("CREATED", "MEMBERSHIPS");
	}

	@Test
	void aFullListingEndsAStaleEdge() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), this.tenant.group("deck", "Deck"), ada(),
				this.tenant.member("ada", "deck", true));
		Stamp startedAt = this.tenant.now();
		this.tenant.lists(startedAt,
				this.tenant.user(Tenant.in("crew"), "ada", "displayName", "Ada", "mail", "a@x.org"));
		this.tenant.settles();
		this.tenant.releases();
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
		assertThat(this.tenant.facts("ada").newer()).isEmpty();
	}

	@Test
	void aDeletedGroupIsArchivedAndARestoredOneIsListedById() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), ada(), this.tenant.member("ada", "crew", true),
				this.tenant.person("bob", "Bob", "b@x.org"), this.tenant.member("bob", "crew", true));
		this.tenant.settles(this.tenant.removed("crew", ObjectKind.GROUP));
		this.tenant.releases();
		assertThat(this.tenant.team("crew").status()).isEqualTo(Status.ARCHIVED);
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
		this.tenant.settles(this.tenant.group("crew", "Crew"));
		assertThat(this.tenant.wishes).extracting(ObjectWanted::kind).containsExactly(ObjectKind.GROUP);
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
		// Bob left while it was gone: Graph never told.
		Stamp listing = this.tenant.now();
		this.tenant.says(Topics.OBSERVATIONS, this.tenant.observed(listing, null, new Cell.EdgeRead(1,
				new ObjectId("ada"), ObjectKind.USER, ContainerKind.GROUP, new ObjectId("crew"), true)));
		this.tenant.says(Topics.OBSERVATIONS,
				this.tenant.observed(listing, null, new Cell.MembersListed(2, new ObjectId("crew"), ObjectKind.GROUP)));
		this.tenant.settles();
		this.tenant.releases();
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Crew");
		assertThat(this.tenant.teamsOf("bob")).isEmpty();
	}

	@Test
	void aTeamIsRenamedWithItsGroupAndItsMembersAreToldNothing() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), ada(), this.tenant.member("ada", "crew", true));
		long version = this.tenant.account("ada").version();
		this.tenant.settles(this.tenant.group("crew", "Deck"));
		assertThat(this.tenant.team("crew").name()).isEqualTo("Deck");
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Deck");
		assertThat(this.tenant.account("ada").version()).isEqualTo(version);
	}

	@Test
	void onlyChosenGroupsMakeTeams() {
		this.tenant
			.rules(Rules.standard().as(2).with(TeamRules.ofGroups(Map.of(new ObjectId("deck"), Members.DIRECT))));
		this.tenant.settles(this.tenant.group("crew", "Crew"), this.tenant.group("deck", "Deck"),
				this.tenant.user(Tenant.in("crew", "deck"), "ada", "displayName", "Ada"));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Deck");
		assertThat(this.tenant.teams()).hasSize(1);
	}

	@Test
	void aManagerReadingEndsEveryOther() {
		this.tenant.settles(ada(), new Cell.ManagerRead(0, new ObjectId("ada"), new ObjectId("peter")));
		Stamp late = this.tenant.now();
		this.tenant.settles(new Cell.ManagerRead(0, new ObjectId("ada"), new ObjectId("paula")));
		this.tenant.says(Topics.OBSERVATIONS,
				this.tenant.observed(late, null, new Cell.ManagerRead(0, new ObjectId("ada"), new ObjectId("petra"))));
		this.tenant.settles();
		assertThat(this.tenant.facts("ada").in()).extracting((in) -> in.object().value()).containsExactly("paula");
		this.tenant.settles(this.tenant.user(new Edges(List.of(), List.of(), new ObjectId("pia")), "ada"));
		assertThat(this.tenant.facts("ada").in()).extracting((in) -> in.object().value()).containsExactly("pia");
		this.tenant.settles(new Cell.ManagerRead(0, new ObjectId("ada"), null));
		assertThat(this.tenant.facts("ada").in()).isEmpty();
	}

	@Test
	void tellsThatANestedGroupIsInOtherContainers() {
		this.tenant.withoutEvaluations()
			.settles(this.tenant.group("crew", "Crew"), new Cell.EdgeRead(0, new ObjectId("crew"), ObjectKind.GROUP,
					ContainerKind.GROUP, new ObjectId("fleet"), true));
		assertThat(this.tenant.progress).filteredOn(Progress.ContainersChanged.class::isInstance).isNotEmpty();
		assertThat(this.tenant.accounts()).isEmpty();
	}

	// Whether and by which rules.

	@Test
	void nothingIsDecidedWhileTheConnectionIsNotActive() {
		for (ConnectionStatus status : List.of(ConnectionStatus.READY, ConnectionStatus.PAUSED)) {
			this.tenant.connection(status, Rules.standard(), false);
			this.tenant.settles(ada());
		}
		assertThat(this.tenant.accounts()).isEmpty();
		assertThat(this.tenant.facts("ada").lives()).isTrue();
		this.tenant.connection(ConnectionStatus.ACTIVE, Rules.standard(), false);
		this.tenant.decides(Why.RULES, "ada");
		this.tenant.settles();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void whatASetAsideConnectionSendsIsPassedOver() {
		this.tenant.connection(ConnectionStatus.ACTIVE, Rules.standard(), true);
		this.tenant.settles(ada());
		assertThat(ports.facts(this.tenant.connection)).isEmpty();
		assertThat(this.tenant.published).isEmpty();
	}

	@Test
	void aReleaseThatWasDroppedWhileTheConnectionRestedIsAskedForAgain() {
		this.tenant.settles(ada(), this.tenant.group("crew", "Crew"), this.tenant.member("ada", "crew", true));
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER), this.tenant.removed("crew", ObjectKind.GROUP));
		Set<Progress.Staged.Entry> staged = Set.copyOf(this.tenant.staged);
		this.tenant.connection(ConnectionStatus.PAUSED, Rules.standard(), false);
		this.tenant.release();
		this.tenant.settles();
		this.tenant.connection(ConnectionStatus.ACTIVE, Rules.standard(), false);
		this.tenant.decides(Why.RULES, "ada", "crew");
		this.tenant.settles();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.staged).containsExactlyInAnyOrderElementsOf(staged);
		this.tenant.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		assertThat(this.tenant.team("crew").status()).isEqualTo(Status.ARCHIVED);
		this.tenant.decides(Why.RULES, "ada", "crew");
		this.tenant.settles();
		assertThat(this.tenant.staged).isEmpty();
	}

	@Test
	void aNumberThatIsMissingWithinABatchIsToldAsAGap() {
		Stamp startedAt = this.tenant.now();
		for (int number : List.of(1, 2, 4, 5, 8)) {
			listed(startedAt, number);
		}
		this.tenant.settles();
		assertThat(applied()).containsExactly("1-2: 1", "4-5: 0", "8-8: 0");
	}

	@Test
	void whatWasPassedOverIsMissingInTheRun() {
		Stamp startedAt = this.tenant.now();
		listed(startedAt, 1);
		this.tenant.settles();
		this.tenant.connection(ConnectionStatus.ACTIVE, Rules.standard(), true);
		listed(startedAt, 2);
		this.tenant.settles();
		this.tenant.connection(ConnectionStatus.ACTIVE, Rules.standard(), false);
		listed(startedAt, 3);
		this.tenant.settles();
		assertThat(applied()).containsExactly("1-1: 1", "3-3: 0");
	}

	private void listed(Stamp startedAt, int number) {
		this.tenant.says(Topics.SNAPSHOTS, this.tenant.observed(this.tenant.now(),
				new RunPart(Tenant.RUN, RunMode.FULL, RunPhase.READ, number, startedAt), ada()));
	}

	private List<String> applied() {
		return this.tenant.progress.stream()
			.filter(Progress.RecordsApplied.class::isInstance)
			.map(Progress.RecordsApplied.class::cast)
			.map((told) -> "%d-%d: %d".formatted(told.from(), told.to(),
					told.changed().count(Tally.Kind.ACCOUNT_CREATED)))
			.toList();
	}

	@Test
	void aSecondFullRunRewritesNothingAndStoresItsStamps() {
		Stamp startedAt = this.tenant.now();
		this.tenant.lists(startedAt, this.tenant.group("crew", "Crew"),
				this.tenant.user(Tenant.in("crew"), "ada", "displayName", "Ada", "mail", "a@x.org"));
		this.tenant.settles();
		long facts = this.tenant.facts("ada").revision();
		long account = this.tenant.account("ada").revision();
		this.tenant.published.removeIf((message) -> message.topic().equals(Topics.PROGRESS));
		int published = this.tenant.published.size();
		Stamp again = this.tenant.now();
		this.tenant.lists(again, this.tenant.group("crew", "Crew"),
				this.tenant.user(Tenant.in("crew"), "ada", "displayName", "Ada", "mail", "a@x.org"));
		this.tenant.settles();
		assertThat(this.tenant.facts("ada").revision()).isEqualTo(facts);
		assertThat(this.tenant.facts("ada").whole().stamp().isAfter(again)).isTrue();
		assertThat(this.tenant.facts("ada").listed().isAfter(again)).isTrue();
		assertThat(this.tenant.account("ada").revision()).isEqualTo(account);
		assertThat(this.tenant.published).filteredOn((message) -> !message.topic().equals(Topics.PROGRESS))
			.hasSize(published);
	}

	@Test
	void aFirstSyncAndThenOneRenameAreExactlyTwoChanges() {
		Stamp startedAt = this.tenant.now();
		this.tenant.lists(startedAt, ada());
		this.tenant.settles();
		this.tenant.settles(this.tenant.person("ada", "Ada L.", "a@x.org"));
		assertThat(this.tenant.published).filteredOn((message) -> message.topic().equals(Topics.CHANGES)).hasSize(2);
		assertThat(this.tenant.changes()).extracting(Change::version).containsExactly(1L, 2L);
	}

	@Test
	void publishesTheStateAgainWhenItIsAskedFor() {
		this.tenant.settles(ada());
		this.tenant.published.clear();
		this.tenant.decides(Why.RESTATE, "ada");
		this.tenant.settles();
		assertThat(this.tenant.published).extracting(Outbound.Message::topic).containsExactly(Topics.ACCOUNTS);
		freshLog();
	}

}
