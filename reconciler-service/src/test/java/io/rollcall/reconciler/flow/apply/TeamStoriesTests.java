package io.rollcall.reconciler.flow.apply;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.rollcall.model.AccountId;
import io.rollcall.model.Reason;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.ObjectId;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.TeamNaming;
import io.rollcall.reconciler.rules.TeamNaming.Language;
import io.rollcall.reconciler.rules.TeamRules;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Teams that managers make, on a real database. */
class TeamStoriesTests {

	private static final AtomicInteger TENANTS = new AtomicInteger();

	private static final Rules MANAGERS = Rules.standard()
		.as(2)
		.with(TeamRules.standard().withManagers(new TeamNaming(Language.EN, null)));

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	private Tenant tenant;

	@BeforeEach
	void freshTenant() {
		this.tenant = new Tenant(ports, "t" + TENANTS.incrementAndGet());
		this.tenant.rules(MANAGERS);
	}

	@AfterEach
	void theLogTellsWhatIsStored() {
		ChangeLog.assertTellsWhatIsStored(this.tenant, false);
	}

	private Cell person(String object) {
		return person(object, object.substring(0, 1).toUpperCase() + object.substring(1));
	}

	private Cell person(String object, String name) {
		return this.tenant.person(object, name, object + "@x.org");
	}

	private String roleOf(String object, String team) {
		return this.tenant.account(object)
			.memberships()
			.stream()
			.filter((member) -> member.name().equals(team))
			.map(Account.Member::role)
			.findFirst()
			.orElse("none");
	}

	private List<String> activeTeams() {
		return this.tenant.teams()
			.stream()
			.filter((team) -> team.status() == Status.ACTIVE)
			.map(Team::name)
			.sorted()
			.toList();
	}

	private void peterLeadsAdaAndBob() {
		this.tenant.settles(person("peter", "Peter Wright"), person("ada"), person("bob"),
				this.tenant.reportsTo("ada", "peter"), this.tenant.reportsTo("bob", "peter"));
	}

	@Test
	void aManagerSupervisesTheTeamOfTheReports() {
		peterLeadsAdaAndBob();
		assertThat(activeTeams()).containsExactly("Peter Wright's Team");
		assertThat(roleOf("peter", "Peter Wright's Team")).isEqualTo(Account.Member.SUPERVISOR);
		assertThat(roleOf("ada", "Peter Wright's Team")).isEqualTo(Account.Member.MEMBER);
		assertThat(this.tenant.teamsOf("bob")).containsExactly("Peter Wright's Team");
		assertThat(this.tenant.team("peter").source().kind()).isEqualTo(ContainerKind.MANAGER);
	}

	@Test
	void whoeverIsReadFirstTheTeamIsTheSame() {
		this.tenant.settles(this.tenant.reportsTo("ada", "peter")).settles(person("ada"));
		assertThat(activeTeams()).isEmpty();
		this.tenant.settles(person("peter", "Peter Wright"));
		assertThat(roleOf("ada", "Peter Wright's Team")).isEqualTo(Account.Member.MEMBER);
		assertThat(roleOf("peter", "Peter Wright's Team")).isEqualTo(Account.Member.SUPERVISOR);
	}

	@Test
	void aFirstRunMakesTheTeamsInTheRun() {
		Stamp start = this.tenant.now();
		this.tenant.lists(start,
				this.tenant.user(new Edges(List.of(), List.of(), new ObjectId("peter")), "ada", "displayName", "Ada"),
				this.tenant.user(Edges.NONE, "peter", "displayName", "Peter"),
				this.tenant.user(new Edges(List.of(), List.of(), new ObjectId("peter")), "bob", "displayName", "Bob"));
		this.tenant.settles();
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Peter's Team");
		assertThat(this.tenant.teamsOf("bob")).containsExactly("Peter's Team");
		assertThat(this.tenant.teamsOf("peter")).containsExactly("Peter's Team");
	}

	@Test
	void withoutTheRuleNobodyIsAsked() {
		this.tenant.rules(Rules.standard().as(2));
		peterLeadsAdaAndBob();
		assertThat(this.tenant.teams()).isEmpty();
		assertThat(this.tenant.progress).isEmpty();
		assertThat(this.tenant.account("ada").manager()).isNull();
	}

	@Test
	void aManagerWhoIsRenamedRenamesTheTeamEverywhere() {
		peterLeadsAdaAndBob();
		this.tenant.settles(person("peter", "Pete Wright"));
		assertThat(activeTeams()).containsExactly("Pete Wright's Team");
		assertThat(List.of("peter", "ada", "bob"))
			.allSatisfy((object) -> assertThat(this.tenant.teamsOf(object)).containsExactly("Pete Wright's Team"));
		assertThat(this.tenant.changes()).filteredOn((change) -> change instanceof Change.TeamChanged)
			.extracting((change) -> ((Change.TeamChanged) change).what().name())
			.containsExactly("CREATED", "RENAMED");
	}

	@Test
	void aManagerWhoLeavesTakesTheTeamAlongWhenTheGuardLetsItAndComesBackToIt() {
		peterLeadsAdaAndBob();
		this.tenant.settles(this.tenant.removed("peter", ObjectKind.USER));
		assertThat(activeTeams()).containsExactly("Peter Wright's Team");
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Peter Wright's Team");
		this.tenant.releases();
		assertThat(this.tenant.account("peter").status()).isEqualTo(Status.DEACTIVATED);
		assertThat(this.tenant.team("peter").status()).isEqualTo(Status.ARCHIVED);
		assertThat(List.of("peter", "ada", "bob"))
			.allSatisfy((object) -> assertThat(this.tenant.account(object).memberships()).isEmpty());
		this.tenant
			.settles(this.tenant.user(Edges.NONE, "peter", "displayName", "Peter Wright", "mail", "peter@x.org"));
		this.tenant.releases();
		assertThat(activeTeams()).containsExactly("Peter Wright's Team");
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Peter Wright's Team");
		assertThat(roleOf("peter", "Peter Wright's Team")).isEqualTo(Account.Member.SUPERVISOR);
	}

	@Test
	void theTeamGoesWithTheLastReportInScopeAndNotBefore() {
		peterLeadsAdaAndBob();
		this.tenant.settles(this.tenant.reportsTo("ada", null));
		this.tenant.releases();
		assertThat(activeTeams()).hasSize(1);
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
		this.tenant
			.settles(this.tenant.user("bob", "displayName", "Bob", "mail", "bob@x.org", "accountEnabled", false));
		assertThat(this.tenant.staged).extracting((entry) -> entry.kind()).containsExactly(GuardedKind.ACCOUNTS);
		this.tenant.releases();
		assertThat(activeTeams()).isEmpty();
		assertThat(this.tenant.account("peter").memberships()).isEmpty();
		this.tenant.settles(person("bob"));
		assertThat(activeTeams()).containsExactly("Peter Wright's Team");
	}

	@Test
	void aManagerWithoutReportsInScopeMakesNoEmptyTeam() {
		this.tenant.settles(person("peter"), this.tenant.user("ada", "displayName", "Ada", "accountEnabled", false),
				this.tenant.reportsTo("ada", "peter"));
		assertThat(this.tenant.teams()).isEmpty();
	}

	@Test
	void aManagerOutOfScopeMakesNoTeamAndDoesNoHarm() {
		this.tenant.settles(this.tenant.user("peter", "displayName", "Peter", "accountEnabled", false), person("ada"),
				this.tenant.reportsTo("ada", "peter"));
		assertThat(this.tenant.teams()).isEmpty();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.ACTIVE);
		this.tenant.settles(person("peter"));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Peter's Team");
	}

	@Test
	void managersInACircleLeadEachOtherAndNobodyLeadsOneself() {
		this.tenant.settles(person("ada"), person("bob"), person("cy"), person("sol"),
				this.tenant.reportsTo("ada", "bob"), this.tenant.reportsTo("bob", "cy"),
				this.tenant.reportsTo("cy", "ada"), this.tenant.reportsTo("sol", "sol"));
		assertThat(activeTeams()).containsExactly("Ada's Team", "Bob's Team", "Cy's Team");
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Ada's Team", "Bob's Team");
		assertThat(this.tenant.account("sol").memberships()).isEmpty();
		this.tenant.settles(this.tenant.removed("bob", ObjectKind.USER));
		this.tenant.releases();
		assertThat(activeTeams()).containsExactly("Ada's Team");
	}

	@Test
	void theSecondOfANameIsNumberTwoUntilTheFirstIsGone() {
		this.tenant.settles(person("p1", "Peter Wright"), person("ada"), this.tenant.reportsTo("ada", "p1"));
		this.tenant.settles(person("p2", "Peter Wright"), person("bob"), this.tenant.reportsTo("bob", "p2"));
		this.tenant.settles(person("p3", "peter wright"), person("cy"), this.tenant.reportsTo("cy", "p3"));
		assertThat(activeTeams()).containsExactly("Peter Wright's Team", "Peter Wright's Team 2",
				"peter wright's Team 3");
		assertThat(this.tenant.teamsOf("bob")).containsExactly("Peter Wright's Team 2");
		this.tenant.decides(Why.RULES, "p3", "p2", "p1");
		this.tenant.settles();
		assertThat(this.tenant.team("p2").name()).isEqualTo("Peter Wright's Team 2");
		this.tenant.settles(this.tenant.removed("p1", ObjectKind.USER));
		this.tenant.releases();
		assertThat(List.of("p2", "p3")).extracting((peter) -> this.tenant.team(peter).nameKey())
			.containsExactlyInAnyOrder("peter wright's team#1", "peter wright's team#2");
		assertThat(this.tenant.teamsOf("bob")).containsExactly(this.tenant.team("p2").name());
		assertThat(this.tenant.teamsOf("cy")).containsExactly(this.tenant.team("p3").name());
	}

	@Test
	void twoOfANameInOneBatchHaveTwoNumbers() {
		this.tenant.settles(person("p1", "Peter"), person("p2", "Peter"), person("ada"), person("bob"),
				this.tenant.reportsTo("ada", "p1"), this.tenant.reportsTo("bob", "p2"));
		assertThat(activeTeams()).containsExactly("Peter's Team", "Peter's Team 2");
	}

	@Test
	void rulesWithoutManagersArchiveTheirTeamsAndOtherWordsRenameThem() {
		peterLeadsAdaAndBob();
		this.tenant.rules(MANAGERS.as(3).with(TeamRules.standard().withManagers(new TeamNaming(Language.DE, null))));
		everybody();
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Team von Peter Wright");
		this.tenant.rules(Rules.standard().as(4));
		everybody();
		this.tenant.releases();
		assertThat(activeTeams()).isEmpty();
		assertThat(List.of("peter", "ada", "bob")).extracting(this.tenant::account)
			.allSatisfy((account) -> assertThat(account.memberships()).isEmpty())
			.allSatisfy((account) -> assertThat(account.manager()).isNull());
		this.tenant.rules(MANAGERS.as(5));
		everybody();
		assertThat(this.tenant.teamsOf("peter")).containsExactly("Peter Wright's Team");
	}

	private void everybody() {
		this.tenant.decides(Why.RULES, "peter", "ada", "bob");
		this.tenant.settles();
	}

	@Test
	void whoChangesTheManagerChangesTheTeam() {
		peterLeadsAdaAndBob();
		this.tenant.settles(person("olga"), this.tenant.reportsTo("ada", "olga"));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Olga's Team", "Peter Wright's Team");
		this.tenant.releases();
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Olga's Team");
		Function<String, Status> status = (manager) -> this.tenant.team(manager).status();
		assertThat(List.of("olga", "peter")).extracting(status).containsExactly(Status.ACTIVE, Status.ACTIVE);
	}

	@Test
	void aChosenGroupTakesTheMembersOfGroupsInItWhereTheRulesSaySo() {
		this.tenant.rules(Rules.standard()
			.as(2)
			.with(TeamRules
				.ofGroups(Map.of(new ObjectId("all"), Members.TRANSITIVE, new ObjectId("top"), Members.DIRECT))));
		this.tenant.followingNesting();
		this.tenant.settles(this.tenant.group("all", "All"), this.tenant.group("top", "Top"),
				this.tenant.group("mid", "Mid"), this.tenant.group("low", "Low"),
				this.tenant.nested("low", "mid", true), this.tenant.nested("mid", "all", true),
				this.tenant.nested("mid", "top", true), person("ada"), this.tenant.member("ada", "low", true),
				person("bob"), this.tenant.member("bob", "all", true));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("All");
		assertThat(this.tenant.teamsOf("bob")).containsExactly("All");
		this.tenant.settles(this.tenant.group("all", "Everybody"));
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Everybody");
		this.tenant.settles(this.tenant.nested("mid", "all", false));
		this.tenant.releases();
		assertThat(this.tenant.teamsOf("ada")).isEmpty();
		assertThat(this.tenant.teamsOf("bob")).containsExactly("Everybody");
	}

	// By hand.

	private TeamId crew() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), person("ada"), person("bob"));
		return this.tenant.team("crew").id();
	}

	private void place(String object, TeamId team, @Nullable String role) {
		this.tenant.places(this.tenant.account(object), team, role).settles();
	}

	@Test
	void whoHasAPlaceByHandKeepsItThroughEveryRun() {
		TeamId crew = crew();
		place("ada", crew, "COACH");
		for (int i = 0; i < 3; i++) {
			this.tenant.lists(this.tenant.now(), this.tenant.group("crew", "Crew " + i),
					this.tenant.user(Edges.NONE, "ada", "displayName", "Ada " + i, "mail", "ada@x.org"));
			this.tenant.settles();
			this.tenant.releases();
		}
		assertThat(roleOf("ada", "Crew 2")).isEqualTo("COACH");
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.releases();
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.DEACTIVATED);
		assertThat(this.tenant.account("ada").memberships()).extracting(Account.Member::role).containsExactly("COACH");
		Change.AccountChanged given = (Change.AccountChanged) this.tenant.changes()
			.stream()
			.filter((change) -> change.cause().by() != null)
			.findFirst()
			.orElseThrow();
		assertThat(given.what()).isEqualTo(Change.AccountChanged.What.MEMBERSHIPS);
		assertThat(given.cause().by()).isEqualTo("olga");
		assertThat(given.cause().reason().code()).isEqualTo(Reason.Code.BY_HAND);
	}

	@Test
	void whoIsInTheDirectoryTooKeepsTheRoleOfThePersonAndThePlaceWhenTheDirectoryDropsIt() {
		TeamId crew = crew();
		place("ada", crew, "COACH");
		this.tenant.settles(this.tenant.member("ada", "crew", true), this.tenant.member("bob", "crew", true));
		place("bob", crew, "CAPTAIN");
		assertThat(List.of("ada", "bob")).extracting((object) -> roleOf(object, "Crew"))
			.containsExactly("COACH", "CAPTAIN");
		this.tenant.settles(this.tenant.member("ada", "crew", false));
		this.tenant.releases();
		assertThat(roleOf("ada", "Crew")).isEqualTo("COACH");
		place("bob", crew, null);
		assertThat(roleOf("bob", "Crew")).isEqualTo(Account.Member.MEMBER);
		place("ada", crew, null);
		assertThat(roleOf("ada", "Crew")).isEqualTo("none");
	}

	@Test
	void placesEndWithTheTeamOfTheDirectoryAndDoNotComeBack() {
		TeamId crew = crew();
		place("ada", crew, "COACH");
		this.tenant.settles(this.tenant.removed("crew", ObjectKind.GROUP));
		assertThat(roleOf("ada", "Crew")).isEqualTo("COACH");
		this.tenant.releases();
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
		place("ada", crew, "COACH");
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
		this.tenant.settles(this.tenant.group("crew", "Crew"));
		assertThat(this.tenant.team("crew").status()).isEqualTo(Status.ACTIVE);
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
	}

	@Test
	void aPersonMakesRenamesArchivesAndBringsBackATeam() {
		this.tenant.settles(person("ada"));
		Account imported = this.tenant.imports("old-1", "old@x.org");
		this.tenant.shapes("t1", "Choir", true).shapes("t2", "choir", true).settles();
		assertThat(activeTeams()).containsExactly("Choir", "choir 2");
		TeamId choir = new TeamId("t1");
		this.tenant.places(this.tenant.account("ada"), choir, "SOLOIST").places(imported, choir, "TENOR").settles();
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Choir");
		assertThat(account("old-1").memberships()).extracting(Account.Member::role).containsExactly("OWNER", "TENOR");
		this.tenant.shapes("t1", "Ensemble", true).settles();
		assertThat(activeTeams()).containsExactly("Ensemble", "choir 2");
		assertThat(this.tenant.teamsOf("ada")).containsExactly("Ensemble");
		assertThat(account("old-1").memberships()).extracting(Account.Member::name)
			.containsExactly("By hand", "Ensemble");
		this.tenant.shapes("t1", "Ensemble", false).settles();
		assertThat(activeTeams()).containsExactly("choir 2");
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
		assertThat(account("old-1").memberships()).extracting(Account.Member::role).containsExactly("OWNER");
		this.tenant.shapes("t1", "Choir", true).settles();
		assertThat(activeTeams()).containsExactly("Choir", "choir 2");
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
	}

	private Account account(String id) {
		return this.tenant.accounts()
			.stream()
			.filter((account) -> account.id().value().equals(id))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void anActThatComesAgainAfterALaterOneIsNotDoneAgain() {
		TeamId crew = crew();
		Account ada = this.tenant.account("ada");
		this.tenant.places(ada, crew, "COACH");
		Batch first = this.tenant.log.poll(this.tenant.log.waiting(), 10);
		this.tenant.apply.apply(first);
		this.tenant.log.commit(first);
		this.tenant.places(ada, crew, null).settles();
		this.tenant.apply.apply(first);
		assertThat(this.tenant.account("ada").memberships()).isEmpty();
	}

	@Test
	void whoeverTakesAnAccountOverHasNoPlaceAndNoRoleThatAPersonGaveTheOneBefore() {
		TeamId crew = crew();
		place("ada", crew, "COACH");
		this.tenant.roles(this.tenant.account("ada"), "ADMIN").settles();
		assertThat(this.tenant.account("ada").fields()).containsEntry("role", "ADMIN");
		AccountId id = this.tenant.account("ada").id();
		this.tenant.settles(this.tenant.removed("ada", ObjectKind.USER));
		this.tenant.releases();
		this.tenant.settles(this.tenant.person("ada2", "Ada", "ada@x.org"));
		assertThat(this.tenant.account("ada2").id()).isEqualTo(id);
		assertThat(this.tenant.account("ada2").memberships()).isEmpty();
		assertThat(this.tenant.account("ada2").fields()).doesNotContainKey("role");
	}

	// Owners.

	private void owners(String... objects) {
		for (String object : objects) {
			this.tenant.settles(person(object));
			this.tenant.roles(this.tenant.account(object), Account.OWNER).settles();
		}
	}

	private void leave(String... objects) {
		for (String object : objects) {
			this.tenant.says(this.tenant.removed(object, ObjectKind.USER));
		}
		this.tenant.settles();
		this.tenant.releases();
	}

	private List<Status> statusOf(String... objects) {
		return List.of(objects).stream().map((object) -> this.tenant.account(object).status()).toList();
	}

	@Test
	void theLastOwnerIsHeldAndGoesWhenThereIsAnother() {
		owners("ada");
		leave("ada");
		assertThat(statusOf("ada")).containsExactly(Status.ACTIVE);
		assertThat(this.tenant.account("ada").held()).isEqualTo(Reason.of(Reason.Code.LAST_OWNER));
		this.tenant.roles(this.tenant.account("ada"), null).settles();
		assertThat(this.tenant.account("ada").isOwner()).isTrue();
		owners("bob");
		this.tenant.releases();
		assertThat(statusOf("ada", "bob")).containsExactly(Status.DEACTIVATED, Status.ACTIVE);
		this.tenant.settles(person("ada"));
		leave("bob");
		assertThat(statusOf("ada", "bob")).containsExactly(Status.ACTIVE, Status.DEACTIVATED);
	}

	@Test
	void ofOwnersWhoLeaveTogetherOneStays() {
		owners("ada", "bob", "cy");
		leave("ada", "bob", "cy");
		assertThat(statusOf("ada", "bob", "cy")).containsOnlyOnce(Status.ACTIVE)
			.filteredOn((status) -> status == Status.DEACTIVATED)
			.hasSize(2);
	}

	@Test
	void nobodyLooksForOwnersWhereNobodyOwns() {
		this.tenant.settles(person("ada"));
		leave("ada");
		assertThat(statusOf("ada")).containsExactly(Status.DEACTIVATED);
	}

}
