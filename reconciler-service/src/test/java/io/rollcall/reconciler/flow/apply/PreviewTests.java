package io.rollcall.reconciler.flow.apply;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Directory;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.preview.Outcome;
import io.rollcall.reconciler.flow.preview.Preview;
import io.rollcall.reconciler.flow.preview.Previewer;
import io.rollcall.reconciler.flow.preview.Previews;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.reconciler.mongo.coordinate.MongoConnections;
import io.rollcall.reconciler.mongo.coordinate.MongoCoordinations;
import io.rollcall.reconciler.mongo.coordinate.MongoDirectory;
import io.rollcall.reconciler.mongo.coordinate.MongoNestings;
import io.rollcall.reconciler.mongo.coordinate.MongoRuns;
import io.rollcall.reconciler.mongo.coordinate.MongoStagedEntries;
import io.rollcall.reconciler.mongo.coordinate.MongoToDecide;
import io.rollcall.reconciler.mongo.preview.MongoPreviews;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Changes;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Leavers;
import io.rollcall.reconciler.rules.TeamNaming;
import io.rollcall.reconciler.rules.scope.Who;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.guard.GuardPolicy;
import io.rollcall.reconciler.rules.mapping.EmailMapping;
import io.rollcall.reconciler.rules.mapping.Expression;
import io.rollcall.reconciler.rules.mapping.Mapping;
import org.awaitility.Awaitility;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.TeamRules;
import io.rollcall.reconciler.rules.scope.Scope;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a preview says is what publishing the same rules then does: random tenants under
 * random rules, random drafts, and a run that decides everybody in random order, with a
 * guard that holds some of it, which is approved in the end.
 */
class PreviewTests {

	private static final long SEED = Long.getLong("seed", 20261201L);

	private static final AtomicInteger SCENES = new AtomicInteger();

	private static final int TENANTS = Integer.getInteger("tenants", 60);

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	private static final MongoDatabase database = ports.database();

	private static final Previews previews = new MongoPreviews(database);

	private static final Ports coordination = new Ports(new MongoCoordinations(database, new Storage(database)),
			new MongoRuns(database), new MongoStagedEntries(database), new MongoToDecide(database),
			inSmallSlices(new MongoDirectory(database, 1_000)), new MongoNestings(database, 1_000),
			new MongoConnections(database), new Outbound() {

				@Override
				public int partitionOf(ObjectKey object) {
					throw new AssertionError("a preview publishes nothing");
				}

				@Override
				public void publish(List<Message> messages) {
					throw new AssertionError("a preview publishes nothing");
				}

			}, InstantSource.system());

	private final Previewer previewer = new Previewer(ports.objects(), ports.inputs(), ports.organizations(),
			coordination, previews);

	@Test
	void whatIsPreviewedIsWhatPublishingThenDoes() {
		Set<Tally.Kind> seen = new HashSet<>();
		List<String> failures = new ArrayList<>();
		for (int i = 0; i < TENANTS; i++) {
			long seed = SEED + i;
			try {
				seen.addAll(preview(seed));
			}
			catch (AssertionError | RuntimeException ex) {
				failures.add("seed %d (run with -Dseed=%1$d -Dtenants=1): %s".formatted(seed, ex));
			}
		}
		assertThat(failures).isEmpty();
		if (TENANTS >= 60) {
			assertThat(seen).contains(Tally.Kind.ACCOUNT_CREATED, Tally.Kind.ACCOUNT_LINKED, Tally.Kind.ACCOUNT_UPDATED,
					Tally.Kind.ACCOUNT_DEACTIVATED, Tally.Kind.ACCOUNT_REACTIVATED, Tally.Kind.MEMBER_JOINED,
					Tally.Kind.MEMBER_LEFT, Tally.Kind.TEAM_CREATED, Tally.Kind.TEAM_ARCHIVED);
		}
	}

	@Test
	void whoBeginsAnotherPreviewEndsTheOneBefore() {
		Scene scene = new Scene(SEED, new Random(SEED));
		Preview first = this.previewer.begin(scene.connection(), Preview.Of.LIVE, Rules.standard(), 1, "ada");
		Preview second = this.previewer.begin(scene.connection(), Preview.Of.LIVE, Rules.standard(), 1, "ada");
		assertThat(await(first).status()).isIn(Preview.Status.CANCELLED, Preview.Status.COMPLETED);
		assertThat(await(second).status()).isEqualTo(Preview.Status.COMPLETED);
		assertThat(this.previewer.newest(scene.tenant.connection, 10)).extracting(Preview::id)
			.containsExactlyInAnyOrder(second.id(), first.id());
	}

	@Test
	void aPreviewThatIsNotHeardOfWasLostWithItsProcess() {
		Tenant tenant = new Tenant(ports, "lost");
		Instant begun = Instant.now().minus(Duration.ofMinutes(3)).truncatedTo(ChronoUnit.MILLIS);
		previews.add(new Preview("lost", tenant.organization, tenant.connection, Preview.Of.LIVE, 1, "ada", begun,
				Preview.Status.RUNNING, 10, 20, 0, Map.of(), Map.of(), List.of(), Map.of(), null, begun, null));
		Preview lost = this.previewer.find(tenant.connection, "lost");
		assertThat(lost.status()).isEqualTo(Preview.Status.LOST);
		assertThat(lost.endedAt()).isEqualTo(begun);
	}

	/** A walk in slices of three, so that each follows from the ones before. */
	private static Directory inSmallSlices(Directory directory) {
		return (Directory) Proxy.newProxyInstance(Directory.class.getClassLoader(), new Class<?>[] { Directory.class },
				(proxy, method, args) -> {
					Object answer = method.invoke(directory, args);
					if (!(answer instanceof Directory.Slice(List<ObjectId> objects, String next))
							|| objects.size() <= 3) {
						return answer;
					}
					return new Directory.Slice(objects.subList(0, 3), args[0] + ":" + objects.get(2));
				});
	}

	private Set<Tally.Kind> preview(long seed) {
		Random random = new Random(seed);
		Scene scene = new Scene(seed, random);
		Map<String, Account> before = scene.accounts();
		Map<String, Team> teamsBefore = scene.teams();
		List<?> facts = ports.facts(scene.tenant.connection);
		int published = scene.tenant.published.size();
		Rules draft = rules(random);

		Preview preview = await(this.previewer.begin(scene.connection(), Preview.Of.DRAFT, draft, 1, "ada"));

		// It has touched nothing and told nobody.
		assertThat(preview.status()).as("%s", preview).isEqualTo(Preview.Status.COMPLETED);
		assertThat(scene.accounts()).isEqualTo(before);
		assertThat(scene.teams()).isEqualTo(teamsBefore);
		assertThat(ports.facts(scene.tenant.connection)).isEqualTo(facts);
		assertThat(scene.tenant.published).hasSize(published);

		scene.publish(draft);
		scene.guard(draft.guard());
		Map<String, Account> atOnce = scene.accounts();
		Map<String, Team> teamsAtOnce = scene.teams();
		scene.approveAll();

		List<Outcome> outcomes = outcomes(preview);
		assertThat(of(outcomes, false)).as("at once").isEqualTo(changed(before, atOnce, teamsBefore, teamsAtOnce));
		assertThat(of(outcomes, true)).as("after approval")
			.isEqualTo(changed(atOnce, scene.accounts(), teamsAtOnce, scene.teams()));
		assertThat(preview.guard()).containsExactlyInAnyOrderElementsOf(scene.said.values());
		// Whoever would be asked about was shown.
		assertThat(coordination.directory().isPreviewed(preview.id(), scene.stagedNow)).isTrue();
		assertThat(preview.changed()).isEqualTo(outcomes.size());
		assertThat(preview.changes()).isEqualTo(counts(outcomes, false));
		assertThat(preview.afterApproval()).isEqualTo(counts(outcomes, true));

		// And now nothing is left to do.
		Preview drift = await(this.previewer.begin(scene.connection(), Preview.Of.LIVE, draft, 2, "ada"));
		assertThat(outcomes(drift)).as("drift").isEmpty();
		assertThat(drift.changed()).isZero();
		Set<Tally.Kind> kinds = new HashSet<>(preview.changes().keySet());
		kinds.addAll(preview.afterApproval().keySet());
		return kinds;
	}

	private Preview await(Preview preview) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.previewer.find(preview.connection(), preview.id()), (found) -> found.endedAt() != null);
	}

	private static List<Outcome> outcomes(Preview preview) {
		List<Outcome> all = new ArrayList<>();
		Page<Outcome> page = previews.changes(preview, null, null, null, 7);
		all.addAll(page.items());
		while (page.next() != null) {
			page = previews.changes(preview, null, null, page.next(), 7);
			all.addAll(page.items());
		}
		return all;
	}

	private static Map<Tally.Kind, Long> counts(List<Outcome> outcomes, boolean afterApproval) {
		Tally sum = Tally.NONE;
		for (Outcome outcome : outcomes) {
			Change change = afterApproval ? outcome.afterApproval() : outcome.change();
			sum = (change != null) ? sum.plus(Tally.of(change)) : sum;
		}
		return sum.counts();
	}

	/** What the outcomes say, by account and team. */
	private static Map<String, String> of(List<Outcome> outcomes, boolean afterApproval) {
		Map<String, String> said = new TreeMap<>();
		for (Outcome outcome : outcomes) {
			Change change = afterApproval ? outcome.afterApproval() : outcome.change();
			if (change != null) {
				switch (outcome) {
					case Outcome.OfAccount of -> said.put(of.after().id().value(),
							what(change) + text((afterApproval || of.atOnce() == null) ? of.after() : of.atOnce()));
					case Outcome.OfTeam of -> said.put(of.after().id().value(),
							what(change) + text((afterApproval || of.atOnce() == null) ? of.after() : of.atOnce()));
				}
			}
		}
		return said;
	}

	private static Map<String, String> changed(Map<String, Account> before, Map<String, Account> after,
			Map<String, Team> teamsBefore, Map<String, Team> teamsAfter) {
		Map<String, String> changed = new TreeMap<>();
		after.forEach((id, account) -> {
			Account known = before.getOrDefault(id,
					Account.unborn(account.organization(), account.id(), account.object()));
			Change change = changes().of(known, account, Reason.of(Reason.Code.CHANGED_IN_DIRECTORY));
			if (change != null) {
				changed.put(id, what(change) + text(account));
			}
		});
		teamsAfter.forEach((id, team) -> {
			Change change = changes().of(teamsBefore.getOrDefault(id, team.as(0, 0)), team);
			if (change != null) {
				changed.put(id, what(change) + text(team));
			}
		});
		return changed;
	}

	private static Changes changes() {
		return new Changes(new ConnectionId("any"), null, null, Instant.EPOCH);
	}

	private static String what(Change change) {
		return switch (change) {
			case Change.AccountChanged account -> account.what() + " " + account.fields() + " joined "
					+ account.joined().stream().map((team) -> team.team().value()).sorted().toList() + " left "
					+ account.left().stream().map((team) -> team.team().value()).sorted().toList() + ": ";
			case Change.TeamChanged team -> team.what() + " from " + team.from() + ": ";
		};
	}

	private static String text(Account account) {
		Account.Staged staged = account.staged();
		return account.status() + " " + new TreeMap<>(account.fields()) + " " + account.emailKey() + " "
				+ account.object() + " "
				+ account.memberships()
					.stream()
					.map((member) -> member.team() + "/" + member.role() + "/" + member.byHand())
					.sorted()
					.toList()
				+ " held " + ((account.held() != null) ? account.held().code() : null) + " wants " + account.wants()
				+ " leaving " + ((staged.leaving() != null) ? staged.leaving().reason() : null) + " removals "
				+ staged.removals().stream().map((removal) -> removal.team().value()).sorted().toList() + " address "
				+ ((staged.address() != null) ? staged.address().email() + staged.address().released() : null);
	}

	private static String text(Team team) {
		return team.name() + " " + team.status() + " archiving " + (team.staged() != null);
	}

	private static Rules rules(Random random) {
		Map<String, String> fields = new LinkedHashMap<>();
		if (random.nextBoolean()) {
			fields.put("givenName", random.nextBoolean() ? "givenName" : "surname");
		}
		if (random.nextInt(3) == 0) {
			fields.put("company", "'Contoso'");
		}
		if (random.nextInt(4) == 0) {
			fields.put("department", "department");
		}
		Mapping standard = Mapping.of(fields);
		EmailMapping.From from = EmailMapping.From.values()[random.nextInt(EmailMapping.From.values().length)];
		Mapping mapping = new Mapping(random.nextBoolean() ? standard.displayName() : Expression.parse("displayName"),
				new EmailMapping(from, random.nextInt(4) > 0), standard.fields());
		TeamRules teams = (random.nextInt(3) == 0) ? TeamRules.standard()
				: TeamRules.ofGroups(Scene.GROUPS.stream()
					.filter((group) -> random.nextInt(3) > 0)
					.collect(Collectors.toMap(ObjectId::new, (_) -> members(random))));
		Who include = (random.nextInt(3) == 0) ? who(random) : null;
		Who exclude = (random.nextInt(4) == 0) ? who(random) : null;
		return Rules.standard()
			.with(new Scope(include, exclude, random.nextBoolean(), random.nextBoolean()))
			.with(mapping)
			.with((random.nextInt(3) == 0) ? teams.withManagers(
					new TeamNaming(random.nextBoolean() ? TeamNaming.Language.EN : TeamNaming.Language.DE, null))
					: teams)
			.with(new Leavers(choice(random), choice(random), choice(random)))
			.with(new Rules.Guard(limit(random), limit(random), limit(random), limit(random)));
	}

	private static Members members(Random random) {
		return random.nextBoolean() ? Members.DIRECT : Members.TRANSITIVE;
	}

	private static Who who(Random random) {
		Map<ObjectId, Members> groups = new LinkedHashMap<>();
		Scene.GROUPS.stream()
			.filter((group) -> random.nextBoolean())
			.forEach((group) -> groups.put(new ObjectId(group), members(random)));
		return new Who(Set.of(new ObjectId("u0"), new ObjectId("u1")), groups, Set.of(), null);
	}

	private static Leavers.Choice choice(Random random) {
		Leavers.Choice[] all = Leavers.Choice.values();
		return random.nextBoolean() ? Leavers.Choice.DEACTIVATE : all[random.nextInt(all.length)];
	}

	private static Rules.Limit limit(Random random) {
		int floor = random.nextInt(5);
		return new Rules.Limit(random.nextInt(60), floor, floor + random.nextInt(10));
	}

	/** A tenant with a history, and what publishing does to it. */
	private static final class Scene {

		static final List<String> GROUPS = List.of("g0", "g1", "g2", "g3");

		final Tenant tenant;

		/** What the guard said, by kind. */
		final Map<GuardedKind, Preview.Guarded> said = new EnumMap<>(GuardedKind.class);

		private final Random random;

		private final List<String> objects = new ArrayList<>(GROUPS);

		private final Set<String> judged = new HashSet<>();

		private final List<Progress.Staged.Entry> held = new ArrayList<>();

		private final List<Progress.Staged.Entry> stagedNow = new ArrayList<>();

		private final List<Integer> names;

		Scene(long seed, Random random) {
			this.random = random;
			this.tenant = new Tenant(ports, "p" + seed + "-" + SCENES.incrementAndGet());
			Rules rules = PreviewTests.rules(random);
			hold(rules);
			int people = 5 + random.nextInt(30);
			this.names = new ArrayList<>(IntStream.range(0, people).boxed().toList());
			Collections.shuffle(this.names, random);
			for (int i = 0; i < people / 8; i++) {
				imported(random.nextInt(people));
			}
			List<Cell> cells = new ArrayList<>();
			GROUPS.forEach((group) -> cells.add(this.tenant.group(group, "Group " + group)));
			for (int i = 0; i < people; i++) {
				this.objects.add("u" + i);
				cells.add(person(i));
				for (String group : GROUPS) {
					if (random.nextInt(3) == 0) {
						cells.add(this.tenant.member("u" + i, group, true));
					}
				}
				if (i > 0 && random.nextInt(3) > 0) {
					cells.add(this.tenant.reportsTo("u" + i, "u" + random.nextInt(1 + i / 3)));
				}
			}
			cells.add(this.tenant.nested("g1", "g0", true));
			cells.add(this.tenant.nested("g2", "g1", random.nextBoolean()));
			Collections.shuffle(cells, random);
			this.tenant.settles(cells.toArray(Cell[]::new)).releases();
			for (int i = 0; i < people / 6; i++) {
				this.tenant.says(this.tenant.removed("u" + random.nextInt(people), ObjectKind.USER));
			}
			if (random.nextBoolean()) {
				this.tenant.says(this.tenant.removed(GROUPS.getLast(), ObjectKind.GROUP));
			}
			this.tenant.ignores("u" + random.nextInt(people), true);
			this.tenant.settles();
			if (random.nextBoolean()) {
				this.tenant.releases();
			}
			// Otherwise a person is being asked about it.
			this.tenant.staged.forEach((entry) -> this.judged.add(text(entry)));
			this.tenant.staged.clear();
		}

		private void hold(Rules rules) {
			this.tenant.rules(rules);
			if (rules.hasNestedGroups()) {
				this.tenant.followingNesting();
			}
		}

		/** Each has an address of their own, whichever the rules take. */
		private Cell person(int i) {
			boolean mail = this.random.nextInt(6) > 0;
			Map<String, Object> attributes = new LinkedHashMap<>();
			attributes.put("displayName", (this.random.nextInt(9) == 0) ? null : "Name " + i);
			attributes.put("givenName", "Given " + i);
			attributes.put("surname", "Sur " + i);
			attributes.put("mail", mail ? "m" + i + "@x.org" : null);
			attributes.put("userPrincipalName",
					mail ? "m" + this.names.get(i) + "@x.org" : "upn" + i + "@x.onmicrosoft.com");
			attributes.put("userType", (this.random.nextInt(3) == 0) ? "Guest" : "Member");
			attributes.put("accountEnabled", this.random.nextInt(4) > 0);
			return this.tenant.user("u" + i,
					attributes.entrySet()
						.stream()
						.flatMap((entry) -> Stream.of(entry.getKey(), entry.getValue()))
						.toArray());
		}

		/** An account that nobody has, with a place in a team by hand. */
		private void imported(int i) {
			String email = "m" + i + "@x.org";
			Account.Member inATeam = new Account.Member(
					DerivedIds.team(this.tenant.organization, this.tenant.connection, Tenant.containerOf("g0")),
					"Group g0", "COACH", true);
			if (accounts().values().stream().noneMatch((account) -> email.equals(account.emailKey()))) {
				ports
					.save(new StoredAccount(
							new Account(this.tenant.organization, new AccountId("imported-" + i), Status.ACTIVE,
									Map.of(Account.DISPLAY_NAME, "Imported", Account.EMAIL, email), email, List.of(),
									null,
									List.of(new Account.Member(new TeamId("by-hand"), "By hand", "OWNER", true),
											inATeam),
									null, Account.Staged.NOTHING, null, null, 1, 0, 1),
							null, Instant.EPOCH));
			}
		}

		Connection connection() {
			return new Connection(this.tenant.connection, this.tenant.organization, this.tenant.source, "Contoso",
					ConnectionStatus.ACTIVE, Rules.standard(), false, Set.of());
		}

		Map<String, Account> accounts() {
			return this.tenant.accounts()
				.stream()
				.collect(Collectors.toMap((account) -> account.id().value(), (account) -> account));
		}

		Map<String, Team> teams() {
			return this.tenant.teams().stream().collect(Collectors.toMap((team) -> team.id().value(), (team) -> team));
		}

		/** Everybody is decided again, in any order and cut. */
		void publish(Rules draft) {
			hold(draft.as(2));
			Collections.shuffle(this.objects, this.random);
			this.tenant.decides(Why.RULES, this.objects.toArray(String[]::new));
			rest();
		}

		private void rest() {
			while (!this.tenant.isAtRest()) {
				List<Log.Place> waiting = new ArrayList<>(this.tenant.log.waiting());
				Collections.shuffle(waiting, this.random);
				this.tenant.step(waiting.subList(0, 1 + this.random.nextInt(waiting.size())),
						1 + this.random.nextInt(30));
			}
		}

		/**
		 * Lets go what the guard lets go, until nothing more is staged. What a release
		 * stages itself counts to what was staged of its kind before.
		 */
		void guard(Rules.Guard guard) {
			Map<GuardedKind, Long> released = new EnumMap<>(GuardedKind.class);
			Map<GuardedKind, List<Progress.Staged.Entry>> sets = staged();
			while (!sets.isEmpty()) {
				sets.forEach((kind, set) -> {
					Preview.Guarded before = this.said.get(kind);
					GuardPolicy.Verdict verdict = GuardPolicy.judge(set.size(), released.getOrDefault(kind, 0L),
							() -> active(kind), guard.of(kind));
					boolean isHeld = verdict.held() || (before != null && before.held());
					this.said.put(kind, new Preview.Guarded(kind, set.size() + ((before != null) ? before.count() : 0),
							verdict.total(), verdict.limit(), isHeld));
					if (isHeld) {
						this.held.addAll(set);
					}
					else {
						released.merge(kind, (long) set.size(), Long::sum);
						set.forEach(this.tenant::release);
					}
				});
				rest();
				sets = staged();
			}
		}

		void approveAll() {
			while (!this.held.isEmpty()) {
				this.held.forEach(this.tenant::release);
				this.held.clear();
				rest();
				staged().values().forEach(this.held::addAll);
			}
		}

		/** What was staged since, but for what a person is asked about already. */
		private Map<GuardedKind, List<Progress.Staged.Entry>> staged() {
			Map<GuardedKind, List<Progress.Staged.Entry>> byKind = new EnumMap<>(GuardedKind.class);
			this.tenant.staged.stream()
				.filter((entry) -> this.judged.add(text(entry)))
				.peek(this.stagedNow::add)
				.forEach((entry) -> byKind.computeIfAbsent(entry.kind(), (_) -> new ArrayList<>()).add(entry));
			this.tenant.staged.clear();
			return byKind;
		}

		private static String text(Progress.Staged.Entry entry) {
			return entry.id() + entry.kind() + entry.team() + entry.revision();
		}

		private long active(GuardedKind kind) {
			List<Account> active = this.tenant.accounts()
				.stream()
				.filter((account) -> account.status() == Status.ACTIVE && account.object() != null)
				.toList();
			return switch (kind) {
				case ACCOUNTS, ADDRESSES -> active.size();
				case MEMBERSHIPS -> active.stream()
					.flatMap((account) -> account.memberships().stream())
					.filter((member) -> !member.byHand())
					.count();
				case TEAMS -> this.tenant.teams().stream().filter((team) -> team.status() == Status.ACTIVE).count();
			};
		}

	}

}
