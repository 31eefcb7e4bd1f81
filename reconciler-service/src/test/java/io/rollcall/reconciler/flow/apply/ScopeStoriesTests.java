package io.rollcall.reconciler.flow.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Stamp;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.scope.Condition;
import io.rollcall.reconciler.rules.scope.Scope;
import io.rollcall.reconciler.rules.scope.Who;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets and loses an account by what a scope includes and excludes. */
class ScopeStoriesTests {

	private static final AtomicInteger TENANTS = new AtomicInteger();

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	private Tenant tenant;

	private int version = 1;

	@BeforeEach
	void freshTenant() {
		this.tenant = new Tenant(ports, "scope" + TENANTS.incrementAndGet());
	}

	@AfterEach
	void theLogTellsWhatIsStored() {
		ChangeLog.assertTellsWhatIsStored(this.tenant, false);
	}

	@Test
	void whoJoinsAChosenGroupGetsAnAccountAndWhoLeavesItLosesIt() {
		scope(groups(Members.DIRECT, "crew"), null);
		this.tenant.settles(this.tenant.group("crew", "Crew"), person("ada"), person("bob"),
				this.tenant.member("ada", "crew", true));
		assertThat(active()).containsExactly("ada");
		assertThat(reasonOfTheLastChangeOf("ada")).isEqualTo("IN_SCOPE {group=crew, members=DIRECT, rule=GROUP}");
		this.tenant.settles(this.tenant.member("bob", "crew", true), this.tenant.member("ada", "crew", false));
		this.tenant.releases();
		assertThat(active()).containsExactly("bob");
		assertThat(reasonOfTheLastChangeOf("ada")).isEqualTo("OUT_OF_SCOPE {rule=NOT_CHOSEN}");
	}

	@Test
	void whoIsPickedIsInWhateverTheGroups() {
		this.tenant.settles(this.tenant.group("crew", "Crew"), person("ada"), person("bob"), person("eve"),
				this.tenant.member("ada", "crew", true));
		scope(new Who(Set.of(id("bob")), Map.of(id("crew"), Members.DIRECT), Set.of(), null), null);
		this.tenant.releases();
		assertThat(active()).containsExactly("ada", "bob");
		scope(new Who(Set.of(id("bob"), id("eve")), Map.of(), Set.of(), null), null);
		this.tenant.releases();
		assertThat(active()).containsExactly("bob", "eve");
	}

	@Test
	void theMembersOfAnExcludedGroupAreOut() {
		scope(null, groups(Members.DIRECT, "external"));
		this.tenant.settles(this.tenant.group("external", "External"), person("ada"), person("bob"),
				this.tenant.member("bob", "external", true));
		assertThat(active()).containsExactly("ada");
		this.tenant.settles(this.tenant.member("bob", "external", false));
		assertThat(active()).containsExactly("ada", "bob");
		this.tenant.settles(this.tenant.member("ada", "external", true));
		this.tenant.releases();
		assertThat(active()).containsExactly("bob");
		assertThat(reasonOfTheLastChangeOf("ada"))
			.isEqualTo("OUT_OF_SCOPE {group=external, members=DIRECT, rule=EXCLUDED_GROUP}");
	}

	@Test
	void anAdministrativeUnitIsChosenLikeAGroupAndCountsWhileItLives() {
		scope(new Who(Set.of(), Map.of(), Set.of(id("harbour")), null), null);
		this.tenant.settles(this.tenant.unit("harbour"), person("ada"), person("bob"), inUnit("ada", "harbour"));
		assertThat(active()).containsExactly("ada");
		this.tenant.settles(this.tenant.removed("harbour", ObjectKind.ADMINISTRATIVE_UNIT));
		this.tenant.releases();
		assertThat(active()).isEmpty();
		this.tenant.settles(this.tenant.unit("harbour"));
		assertThat(active()).containsExactly("ada");
	}

	@Test
	void aDeletedGroupTakesItsMembersOutAndARestoredOneOnlyThoseWhoAreListed() {
		scope(groups(Members.DIRECT, "crew"), null);
		this.tenant.settles(this.tenant.group("crew", "Crew"), person("ada"), person("bob"),
				this.tenant.member("ada", "crew", true), this.tenant.member("bob", "crew", true));
		this.tenant.settles(this.tenant.removed("crew", ObjectKind.GROUP));
		this.tenant.releases();
		assertThat(active()).isEmpty();
		this.tenant.settles(this.tenant.group("crew", "Crew"));
		Stamp listing = this.tenant.now();
		this.tenant.says(Topics.OBSERVATIONS, this.tenant.observed(listing, null,
				new Cell.EdgeRead(1, id("ada"), ObjectKind.USER, ContainerKind.GROUP, id("crew"), true)));
		this.tenant.says(Topics.OBSERVATIONS,
				this.tenant.observed(listing, null, new Cell.MembersListed(2, id("crew"), ObjectKind.GROUP)));
		this.tenant.settles();
		this.tenant.releases();
		assertThat(active()).containsExactly("ada");
	}

	/** Partitions are applied side by side: a user may come before the group. */
	@Test
	void aFirstFullRunDecidesAtItsEndWhoCameBeforeTheContainer() {
		scope(new Who(Set.of(), Map.of(id("crew"), Members.DIRECT), Set.of(id("harbour")), null), null);
		Stamp start = this.tenant.now();
		this.tenant.lists(start, this.tenant.user(Tenant.in("crew"), "ada", "displayName", "Ada", "mail", "ada@x.org"),
				this.tenant.user(new Edges(List.of(), List.of(id("harbour")), null), "bob", "displayName", "Bob",
						"mail", "bob@x.org"),
				this.tenant.user(Tenant.in("other"), "eve", "displayName", "Eve", "mail", "eve@x.org"));
		this.tenant.step(this.tenant.log.waiting(), 100);
		assertThat(this.tenant.accounts()).isEmpty();
		this.tenant.lists(start, this.tenant.group("crew", "Crew"), this.tenant.unit("harbour"));
		this.tenant.settles();
		assertThat(active()).containsExactly("ada", "bob");
	}

	@Test
	void aConditionDecidesByWhatIsReadAndLeavesAsItIsWhatWasNeverRead() {
		this.tenant.settles(person("ada"), person("bob"));
		Who inSales = new Who(Set.of(), Map.of(), Set.of(), EventFormat.json()
			.readValue("{\"attribute\": \"department\", \"equals\": \"sales\"}", Condition.class));
		Rules rules = scope(inSales, null);
		this.tenant.releases();
		assertThat(active()).containsExactly("ada", "bob");
		assertThat(rules.userAttributes()).contains("department");
		this.tenant.says(Topics.OBSERVATIONS, this.tenant.asked(rules,
				this.tenant.user("ada", "displayName", "ada", "mail", "ada@x.org", "department", "Sales")));
		this.tenant.says(Topics.OBSERVATIONS,
				this.tenant.asked(rules, this.tenant.user("bob", "displayName", "Bob", "mail", "bob@x.org")));
		this.tenant.settles();
		this.tenant.releases();
		assertThat(active()).containsExactly("ada");
		assertThat(this.tenant.changesOf("ada")).containsExactly("CREATED");
	}

	@Test
	void whoseMembershipIsHiddenStaysAsHeIs() {
		Rules rules = scope(groups(Members.DIRECT, "board"), null);
		this.tenant.settles(this.tenant.group("board", "Board"), person("ada"), person("bob"),
				this.tenant.member("ada", "board", true));
		assertThat(active()).containsExactly("ada");
		this.tenant.rules(rules, "board");
		this.tenant.lists(this.tenant.now(),
				this.tenant.user(Tenant.in(), "ada", "displayName", "ada", "mail", "ada@x.org"));
		this.tenant.settles();
		assertThat(leavers()).isEmpty();
		assertThat(active()).containsExactly("ada");
		this.tenant.rules(rules);
		decideAll();
		this.tenant.releases();
		assertThat(active()).isEmpty();
	}

	// Groups in groups.

	@Test
	void whoIsInAGroupInAChosenOneIsInHoweverDeep() {
		nested("top");
		this.tenant.settles(this.tenant.group("top", "Top"), person("ada"), person("bob"));
		for (int i = 30; i > 0; i--) {
			this.tenant.settles(this.tenant.group("g" + i, "Group " + i));
		}
		for (int i = 30; i > 0; i--) {
			this.tenant.settles(this.tenant.nested("g" + i, (i > 1) ? "g" + (i - 1) : "top", true));
		}
		this.tenant.settles(this.tenant.member("ada", "g30", true), this.tenant.member("bob", "elsewhere", true),
				this.tenant.group("elsewhere", "Elsewhere"));
		assertThat(active()).containsExactly("ada");
		this.tenant.settles(this.tenant.nested("g7", "g6", false));
		this.tenant.releases();
		assertThat(active()).isEmpty();
		this.tenant.settles(this.tenant.nested("g7", "g6", true));
		assertThat(active()).containsExactly("ada");
		assertThat(this.tenant.account("ada").status()).isEqualTo(Status.ACTIVE);
	}

	@Test
	void oneOfTwoWaysUpIsEnough() {
		nested("top");
		this.tenant.settles(this.tenant.group("top", "Top"), this.tenant.group("left", "Left"),
				this.tenant.group("right", "Right"), this.tenant.group("low", "Low"), person("ada"),
				this.tenant.nested("left", "top", true), this.tenant.nested("right", "top", true),
				this.tenant.nested("low", "left", true), this.tenant.nested("low", "right", true),
				this.tenant.member("ada", "low", true));
		this.tenant.settles(this.tenant.removed("left", ObjectKind.GROUP));
		this.tenant.releases();
		assertThat(active()).containsExactly("ada");
		this.tenant.settles(this.tenant.nested("right", "top", false));
		this.tenant.releases();
		assertThat(active()).isEmpty();
		this.tenant.settles(this.tenant.group("left", "Left"));
		assertThat(active()).containsExactly("ada");
	}

	@Test
	void groupsInEachOtherDoNoHarm() {
		nested("a");
		this.tenant.settles(this.tenant.group("a", "A"), this.tenant.group("b", "B"), this.tenant.group("c", "C"),
				person("ada"), this.tenant.member("ada", "c", true), this.tenant.nested("a", "b", true),
				this.tenant.nested("b", "c", true), this.tenant.nested("c", "a", true));
		assertThat(active()).containsExactly("ada");
		this.tenant.settles(this.tenant.nested("c", "a", false));
		this.tenant.releases();
		assertThat(active()).isEmpty();
	}

	/** Nobody leaves because a group was moved before that is worked out. */
	@Test
	void whoMovesToAGroupOfWhichNothingIsKnownYetStays() {
		nested("top");
		this.tenant.settles(this.tenant.group("top", "Top"), this.tenant.group("old", "Old"), person("ada"),
				this.tenant.nested("old", "top", true), this.tenant.member("ada", "old", true));
		assertThat(active()).containsExactly("ada");
		Stamp start = this.tenant.now();
		this.tenant.lists(start, this.tenant.group("top", "Top"), this.tenant.group("new", "New"),
				new Cell.EdgesRead(0, id("new"), ObjectKind.GROUP, Tenant.in("top")),
				this.tenant.user(Tenant.in("new"), "ada", "displayName", "Ada", "mail", "ada@x.org"));
		this.tenant.step(this.tenant.log.waiting(), 100);
		assertThat(leavers()).isEmpty();
		this.tenant.settles();
		assertThat(leavers()).isEmpty();
		this.tenant.settles(this.tenant.nested("new", "top", false));
		this.tenant.releases();
		assertThat(active()).isEmpty();
	}

	@Test
	void whoUsesNoGroupsInGroupsPaysNothing() {
		scope(groups(Members.DIRECT, "top"), null);
		this.tenant.followingNesting();
		this.tenant.settles(this.tenant.group("top", "Top"), this.tenant.group("low", "Low"), person("ada"),
				this.tenant.nested("low", "top", true), this.tenant.member("ada", "low", true));
		assertThat(active()).isEmpty();
		assertThat(ports.count("nestings", this.tenant.connection)).isZero();
		nested("top");
		this.tenant.settles();
		assertThat(active()).containsExactly("ada");
		assertThat(ports.count("nestings", this.tenant.connection)).isEqualTo(1);
	}

	@Test
	void whoIsNewIsDecidedAfterOneRoundTripWithAllThatIsAbove() {
		AtomicInteger reads = new AtomicInteger();
		this.tenant = new Tenant(ports, "scope" + TENANTS.incrementAndGet(), (step) -> {
			if (step == Kills.Step.INPUTS) {
				reads.incrementAndGet();
			}
		});
		nested("top");
		this.tenant.settles(this.tenant.group("top", "Top"), this.tenant.group("low", "Low"),
				this.tenant.nested("low", "top", true));
		Stamp start = this.tenant.now();
		this.tenant.lists(start, this.tenant.user(Tenant.in("low"), "ada", "displayName", "Ada", "mail", "ada@x.org"),
				this.tenant.user(Tenant.in("low", "top"), "bob", "displayName", "Bob", "mail", "bob@x.org"),
				this.tenant.user(Tenant.in(), "eve", "displayName", "Eve", "mail", "eve@x.org"));
		reads.set(0);
		this.tenant.step(this.tenant.log.waiting(), 100);
		assertThat(active()).containsExactly("ada", "bob");
		assertThat(reads).hasValue(1);
		this.tenant.settles();
	}

	private void nested(String... groups) {
		scope(groups(Members.TRANSITIVE, groups), null);
		this.tenant.followingNesting();
		decideAll();
	}

	/** Publishes it, and has everybody decided. */
	private Rules scope(@Nullable Who include, @Nullable Who exclude) {
		Rules rules = Rules.standard().as(++this.version).with(new Scope(include, exclude, false, false));
		this.tenant.rules(rules);
		decideAll();
		return rules;
	}

	private void decideAll() {
		ports.facts(this.tenant.connection)
			.forEach((stored) -> this.tenant.decides(Why.RULES, stored.facts().key().object().value()));
		this.tenant.settles();
	}

	private static Who groups(Members members, String... groups) {
		Map<ObjectId, Members> all = new LinkedHashMap<>();
		Stream.of(groups).forEach((group) -> all.put(id(group), members));
		return new Who(Set.of(), all, Set.of(), null);
	}

	private Cell person(String object) {
		return this.tenant.person(object, object, object + "@x.org");
	}

	private Cell inUnit(String object, String unit) {
		return new Cell.EdgeRead(0, id(object), ObjectKind.USER, ContainerKind.ADMINISTRATIVE_UNIT, id(unit), true);
	}

	private static ObjectId id(String object) {
		return new ObjectId(object);
	}

	private List<String> leavers() {
		return this.tenant.staged.stream()
			.filter((entry) -> entry.kind() == GuardedKind.ACCOUNTS)
			.map((entry) -> entry.object().value())
			.toList();
	}

	private List<String> active() {
		return this.tenant.accounts()
			.stream()
			.filter((account) -> account.status() == Status.ACTIVE)
			.map((account) -> account.object().object().value())
			.sorted()
			.collect(Collectors.toList());
	}

	private String reasonOfTheLastChangeOf(String object) {
		Change.AccountChanged last = (Change.AccountChanged) this.tenant.changes()
			.stream()
			.filter((change) -> change instanceof Change.AccountChanged of
					&& of.account().equals(this.tenant.account(object).id()))
			.reduce((one, other) -> other)
			.orElseThrow();
		return last.cause().reason().code() + " " + new TreeMap<>(last.cause().reason().parameters());
	}

}
