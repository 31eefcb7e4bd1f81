package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.rollcall.model.TeamId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.TeamNaming;
import io.rollcall.reconciler.rules.TeamNaming.Language;
import io.rollcall.reconciler.rules.TeamRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random histories of managers, names, groups and places that people give, applied in
 * random batches: whoever has a place by hand keeps it while the team lives, and in the
 * end accounts and teams are what the directory and the people say. How many histories:
 * {@code -Drollcall.histories=N}.
 */
class TeamHistoriesTests {

	private static final List<String> USERS = List.of("u0", "u1", "u2", "u3", "u4", "u5");

	private static final List<String> NAMES = List.of("Peter", "peter", "Olga");

	private static final List<String> GROUPS = List.of("g0", "g1");

	private static final Rules MANAGERS = Rules.standard()
		.as(2)
		.with(TeamRules.standard().withManagers(new TeamNaming(Language.EN, null)));

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	static List<Long> seeds() {
		List<Long> seeds = new ArrayList<>();
		for (long seed = 0; seed < Integer.getInteger("rollcall.histories", 40); seed++) {
			seeds.add(seed);
		}
		return seeds;
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void teamsAreWhatTheDirectoryAndPeopleSay(long seed) {
		History history = new History(seed);
		for (int i = 0; i < 60; i++) {
			history.somethingHappens();
		}
		history.comesToRest();
		history.check();
	}

	/** What is true of the tenant, and what people said. */
	private static final class History {

		private final Random random;

		private final Tenant tenant;

		private final Map<String, String> names = new LinkedHashMap<>();

		private final Map<String, String> managers = new LinkedHashMap<>();

		private final Map<String, Set<String>> groups = new LinkedHashMap<>();

		private final Set<String> gone = new LinkedHashSet<>();

		private final Set<String> living = new LinkedHashSet<>(GROUPS);

		/** The roles that people gave, by user and group. */
		private final Map<String, Map<String, String>> places = new TreeMap<>();

		private History(long seed) {
			this.random = new Random(seed);
			this.tenant = new Tenant(ports, "histories-" + seed);
			this.tenant.rules(MANAGERS);
			GROUPS.forEach((group) -> this.tenant.says(this.tenant.group(group, group)));
			USERS.forEach((user) -> person(user, "Peter"));
			this.tenant.settles();
		}

		private void somethingHappens() {
			String user = any(USERS);
			String group = any(GROUPS);
			switch (this.random.nextInt(9)) {
				case 0 -> person(user, any(NAMES));
				case 1, 2 -> {
					String manager = (this.random.nextInt(4) > 0) ? any(USERS) : null;
					this.managers.put(user, manager);
					this.tenant.says(this.tenant.reportsTo(user, manager));
				}
				case 3 -> {
					this.gone.add(user);
					this.tenant.says(this.tenant.removed(user, ObjectKind.USER));
				}
				case 4 -> {
					boolean in = this.random.nextBoolean();
					Set<String> of = this.groups.computeIfAbsent(user, (none) -> new LinkedHashSet<>());
					if (in) {
						of.add(group);
					}
					else {
						of.remove(group);
					}
					this.tenant.says(this.tenant.member(user, group, in));
				}
				case 5, 6 -> place(user, group, (this.random.nextInt(3) > 0) ? "ROLE" + this.random.nextInt(3) : null);
				case 7 -> {
					if (this.random.nextInt(3) == 0) {
						comesToRest();
					}
				}
				default -> this.tenant.step(this.tenant.log.waiting(), 1 + this.random.nextInt(20));
			}
		}

		private void person(String user, String name) {
			this.names.put(user, name);
			this.gone.remove(user);
			this.tenant.says(this.tenant.person(user, name, user + "@example.org"));
		}

		/** Whoever is away has an account still. */
		private void place(String user, String group, @Nullable String role) {
			this.tenant.settles();
			TeamId team = this.tenant.team(group).id();
			this.tenant.places(this.tenant.account(user), team, role);
			Map<String, String> of = this.places.computeIfAbsent(user, (none) -> new TreeMap<>());
			if (role != null) {
				of.put(group, role);
			}
			else {
				of.remove(group);
			}
		}

		private String any(List<String> of) {
			return of.get(this.random.nextInt(of.size()));
		}

		private void comesToRest() {
			this.tenant.settles();
			this.tenant.releases();
			this.places.forEach((user, of) -> of
				.forEach((group, role) -> assertThat(memberOf(user, group)).as("the place of %s in %s", user, group)
					.isEqualTo(role + " by hand")));
		}

		private @Nullable String memberOf(String user, String source) {
			Team team = this.tenant.team(source);
			return this.tenant.account(user)
				.memberships()
				.stream()
				.filter((member) -> member.team().equals(team.id()))
				.map((member) -> member.role() + (member.byHand() ? " by hand" : ""))
				.findFirst()
				.orElse(null);
		}

		private void check() {
			ChangeLog.assertTellsWhatIsStored(this.tenant, false);
			List<Account> accounts = this.tenant.accounts();
			List<Team> teams = this.tenant.teams();
			this.tenant.decides(Why.RULES, USERS.toArray(String[]::new));
			this.tenant.settles();
			assertThat(this.tenant.accounts()).as("decided afresh").isEqualTo(accounts);
			assertThat(this.tenant.teams()).as("decided afresh").isEqualTo(teams);
			Map<String, List<String>> byName = new TreeMap<>();
			USERS.forEach((user) -> {
				boolean leads = !this.gone.contains(user) && USERS.stream()
					.anyMatch((report) -> !report.equals(user) && !this.gone.contains(report)
							&& user.equals(this.managers.get(report)));
				Team team = teams.stream()
					.filter((one) -> one.source() != null && one.source().object().value().equals(user))
					.findFirst()
					.orElse(null);
				assertThat(team != null && team.status() == Status.ACTIVE).as("the team of %s", user).isEqualTo(leads);
				if (leads) {
					byName.computeIfAbsent(this.names.get(user).toLowerCase() + "'s team", (none) -> new ArrayList<>())
						.add(Objects.requireNonNull(team).nameKey());
					assertThat(memberOf(user, user)).isEqualTo(Account.Member.SUPERVISOR);
					USERS.forEach((report) -> checkReport(report, user));
				}
			});
			byName.forEach((name, keys) -> assertThat(keys).as("teams called %s", name)
				.containsExactlyInAnyOrderElementsOf(java.util.stream.IntStream.rangeClosed(1, keys.size())
					.mapToObj((number) -> name + "#" + number)
					.collect(Collectors.toList())));
			USERS.forEach((user) -> GROUPS.forEach((group) -> {
				boolean byHand = this.places.getOrDefault(user, Map.of()).containsKey(group);
				boolean in = this.groups.getOrDefault(user, Set.of()).contains(group);
				if (!byHand && !this.gone.contains(user)) {
					assertThat(memberOf(user, group)).as("%s in %s", user, group)
						.isEqualTo(in ? Account.Member.MEMBER : null);
				}
			}));
		}

		private void checkReport(String report, String manager) {
			if (!report.equals(manager) && !this.gone.contains(report)) {
				assertThat(memberOf(report, manager)).as("%s in the team of %s", report, manager)
					.isEqualTo(manager.equals(this.managers.get(report)) ? Account.Member.MEMBER : null);
			}
		}

	}

}
