package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountChanges;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.Deciding;
import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.EmailKeys;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.TeamChanges;
import io.rollcall.reconciler.rules.TeamName;
import io.rollcall.reconciler.rules.TeamNaming;
import org.jspecify.annotations.Nullable;

/**
 * Decides the objects of one batch, after their facts were written. Reads what the rules
 * held so far need, and again where a decision asks for more: rules that are newer, the
 * holder of an address that was not expected.
 */
final class Decide {

	private static final int MOST_READS = 10;

	private final DecisionInputs inputs;

	private final Work work;

	private final Map<OrganizationId, KnownAccounts> accounts = new LinkedHashMap<>();

	private final Map<OrganizationId, KnownTeams> teams = new LinkedHashMap<>();

	private final Map<ObjectKey, Facts> facts = new HashMap<>();

	/** Managers that were asked for, and whether they have reports. */
	private final Map<ObjectKey, Boolean> managers = new HashMap<>();

	/** The teams that members of groups are in. */
	private final Map<ObjectKey, List<Deciding.TeamOf>> teamsOf = new HashMap<>();

	private final Map<ObjectKey, Nesting> nestings = new HashMap<>();

	private final Set<ObjectKey> readObjects = new LinkedHashSet<>();

	private final Set<ObjectKey> readNestings = new LinkedHashSet<>();

	private final Set<ObjectKey> unreadObjects = new LinkedHashSet<>();

	private Map<ConnectionId, Connection> connections;

	/** Whether what was read last has other rules than those that said what to read. */
	private boolean rulesChanged;

	/**
	 * @param connections as they were read before the facts were written: they only say
	 * what to look for
	 */
	Decide(DecisionInputs inputs, Work work, Map<ConnectionId, Connection> connections) {
		this.inputs = inputs;
		this.work = work;
		this.connections = connections;
	}

	void run() {
		if (this.work.objects().isEmpty() && this.work.imports().isEmpty()) {
			return;
		}
		read(wanted());
		decide();
		for (int reads = 1; !isComplete(); reads++) {
			if (reads == MOST_READS) {
				throw new WrittenByOthers("what decisions read changes faster than it is read");
			}
			read(missing());
			decide();
		}
	}

	Map<ConnectionId, Connection> connections() {
		return this.connections;
	}

	/** The accounts of all organizations. */
	Map<OrganizationId, KnownAccounts> accounts() {
		return this.accounts;
	}

	List<KnownTeams.Next> nextTeams() {
		return this.teams.values().stream().flatMap((known) -> known.next().stream()).toList();
	}

	/** The team of an object, as it was read. */
	@Nullable StoredTeam team(Work.OfObject object) {
		TeamId id = teamIdOf(object);
		return (id != null) ? teams(object.organization()).stored(id) : null;
	}

	/** The team of an object as it is to be, with the revision that it was read with. */
	@Nullable Team teamAsDecided(Work.OfObject object) {
		TeamId id = teamIdOf(object);
		return (id != null) ? teams(object.organization()).asDecided(id) : null;
	}

	private static @Nullable TeamId teamIdOf(Work.OfObject object) {
		if (object.connection() == null) {
			return new TeamId(object.key().object().value());
		}
		Container source = TeamChanges.sourceOf(object.facts());
		return (source != null) ? DerivedIds.team(object.organization(), object.key().connection(), source) : null;
	}

	private DecisionInputs.Wanted wanted() {
		DecisionInputs.Wanted wanted = nothing();
		this.work.imports().forEach((imported) -> imported.accounts().forEach((account) -> {
			add(wanted.accounts(), imported.organization(), account.account());
			String email = account.fields().get(Account.EMAIL);
			String key = (email != null) ? EmailKeys.of(email) : null;
			if (key != null) {
				add(wanted.emails(), imported.organization(), key);
			}
		}));
		this.work.objects().forEach((object) -> {
			object.acts().forEach((act) -> Obey.wantedBy(act.observation(), wanted));
			Facts facts = object.facts();
			if (facts.kind() == ObjectKind.USER) {
				add(wanted.accountsOf(), object.organization(), object.key());
				Rules rules = rules(object);
				addContainers(facts, rules, wanted);
				object.settled().ifPresent((account) -> add(wanted.accounts(), object.organization(), account));
				List<String> keys = rules.matching().keysOf(facts);
				keys.removeAll(rules.matching().keysOf(object.before()));
				keys.forEach((key) -> add(wanted.keys(), object.organization(), key));
				if (rules.teams().managers() != null) {
					wanted.managers().add(object.key());
					teamsOfManagers(object).forEach((team) -> add(wanted.teams(), object.organization(), team));
				}
				String email = expectedEmail(object.decision(rules, Containers.UNREAD), rules, facts);
				if (email != null && !facts.attributes().equals(object.before().attributes())
						&& !email.equals(emailOf(Decision.of(rules, object.before(), Containers.UNREAD)))) {
					add(wanted.emails(), object.organization(), email);
				}
			}
			else if (TeamChanges.sourceOf(facts) != null) {
				add(wanted.teams(), object.organization(), Objects.requireNonNull(teamIdOf(object)));
			}
		});
		return wanted;
	}

	/**
	 * What the decisions asked for, and what rules need that are newer than those held.
	 */
	private DecisionInputs.Wanted missing() {
		DecisionInputs.Wanted missing = nothing();
		this.accounts.forEach((organization, known) -> {
			missing.emails().put(organization, Set.copyOf(known.unreadEmails()));
			missing.wantedEmails().put(organization, Set.copyOf(known.unreadWanted()));
			missing.keys().put(organization, Set.copyOf(known.unreadKeys()));
			missing.accounts().put(organization, Set.copyOf(known.unreadIds()));
			if (known.lacksOwners()) {
				missing.owners().add(organization);
			}
		});
		this.teams.forEach((organization, known) -> {
			missing.teams().put(organization, Set.copyOf(known.unread()));
			missing.teamNames().put(organization, Set.copyOf(known.unreadNames()));
		});
		missing.objects().addAll(this.unreadObjects);
		this.work.objects().stream().filter((object) -> object.facts().kind() == ObjectKind.USER).forEach((object) -> {
			Rules rules = rules(object);
			addContainers(object.facts(), rules, missing);
			if (rules.teams().managers() != null && !this.managers.containsKey(object.key())) {
				missing.managers().add(object.key());
			}
		});
		return missing;
	}

	private boolean isComplete() {
		return this.unreadObjects.isEmpty() && this.accounts.values().stream().allMatch(KnownAccounts::isComplete)
				&& this.teams.values().stream().allMatch(KnownTeams::isComplete)
				&& (!this.rulesChanged || missing().containers().isEmpty() && missing().managers().isEmpty());
	}

	private DecisionInputs.Wanted nothing() {
		Set<ConnectionId> connections = new LinkedHashSet<>();
		this.work.objects().forEach((object) -> connections.add(object.key().connection()));
		return DecisionInputs.Wanted.of(connections);
	}

	private void read(DecisionInputs.Wanted wanted) {
		DecisionInputs.Found found = this.inputs.read(wanted);
		this.rulesChanged = false;
		Map<ConnectionId, Connection> before = this.connections;
		this.connections = new HashMap<>();
		found.connections().forEach((id, connection) -> {
			Connection held = before.get(id);
			boolean same = connection.equals(held);
			this.rulesChanged |= !same;
			this.connections.put(id, (held != null && same) ? held : connection);
		});
		this.readObjects.addAll(wanted.containers());
		this.readObjects.addAll(wanted.objects());
		this.readNestings.addAll(wanted.nestings());
		this.unreadObjects.clear();
		this.facts.putAll(found.facts());
		this.nestings.putAll(found.nestings());
		this.teamsOf.clear();
		Map<OrganizationId, List<StoredAccount>> byOrganization = new HashMap<>();
		found.accounts()
			.forEach((account) -> byOrganization
				.computeIfAbsent(account.account().organization(), (organization) -> new ArrayList<>())
				.add(account));
		this.work.imports().forEach((imported) -> known(imported.organization()));
		this.work.objects().forEach((object) -> known(object.organization()));
		this.accounts.forEach((organization, known) -> known.read(byOrganization.getOrDefault(organization, List.of()),
				wanted.emails().getOrDefault(organization, Set.of()),
				wanted.wantedEmails().getOrDefault(organization, Set.of()),
				wanted.keys().getOrDefault(organization, Set.of()),
				wanted.accounts().getOrDefault(organization, Set.of())));
		wanted.owners()
			.forEach((organization) -> known(organization)
				.read(found.owners().getOrDefault(organization, new Owners(organization, Set.of(), 0))));
		wanted.managers().forEach((manager) -> this.managers.put(manager, found.managers().contains(manager)));
		Map<OrganizationId, List<StoredTeam>> teams = new HashMap<>();
		found.teams()
			.forEach((team) -> teams.computeIfAbsent(team.team().organization(), (organization) -> new ArrayList<>())
				.add(team));
		this.work.objects().forEach((object) -> teams(object.organization()));
		this.teams.forEach((organization, known) -> known.read(teams.getOrDefault(organization, List.of()),
				wanted.teams().getOrDefault(organization, Set.of()),
				wanted.teamNames().getOrDefault(organization, Set.of())));
	}

	private KnownTeams teams(OrganizationId organization) {
		return this.teams.computeIfAbsent(organization, (id) -> new KnownTeams());
	}

	private KnownAccounts known(OrganizationId organization) {
		return this.accounts.computeIfAbsent(organization, (id) -> new KnownAccounts(id, this::factsOf));
	}

	private @Nullable Facts factsOf(ObjectKey object) {
		Work.OfObject own = this.work.find(object);
		if (own != null) {
			return own.facts();
		}
		Facts read = this.facts.get(object);
		if (read == null && !this.readObjects.contains(object)) {
			this.unreadObjects.add(object);
		}
		return read;
	}

	private void decide() {
		this.teams.values().forEach(KnownTeams::begin);
		this.work.imports()
			.forEach((imported) -> imported.accounts()
				.forEach((account) -> known(imported.organization()).imported(account, imported)));
		for (Work.OfObject object : this.work.objects()) {
			object.acts()
				.forEach((act) -> Obey.act(act, object, known(object.organization()), teams(object.organization())));
			Connection connection = this.connections.get(object.key().connection());
			if (connection != null && connection.isDecided()) {
				decide(object, connection.rules());
			}
		}
	}

	private void decide(Work.OfObject object, Rules rules) {
		Facts facts = object.facts();
		Container source = TeamChanges.sourceOf(facts);
		if (facts.kind() == ObjectKind.USER) {
			decideUser(object, rules, Objects.requireNonNull(source));
		}
		else if (source != null) {
			StoredTeam stored = team(object);
			Deciding deciding = new Deciding(rules, facts, (_) -> List.of(), null, object.released());
			decided(object, TeamChanges.ofGroup(deciding, source, (stored != null) ? stored.team() : null));
		}
	}

	private void decideUser(Work.OfObject object, Rules rules, Container reports) {
		KnownAccounts known = known(object.organization());
		checkRules(object, rules);
		Decision decision = object.decision(rules, containers(object.key().connection()));
		TeamName name = nameOfTeam(object, rules);
		Deciding.TeamOf leads = (name != null)
				? new Deciding.TeamOf(Objects.requireNonNull(teamIdOf(object)), name.text(), null, true) : null;
		Deciding deciding = new Deciding(rules, object.facts(), (container) -> teamsOf(object, rules, container), leads,
				object.released());
		boolean linked = known.linked(object.key()) != null;
		known.decided(object, changes(deciding, decision, known));
		if (linked && known.linked(object.key()) == null) {
			known.decided(object, changes(deciding, decision, known));
		}
		Account account = known.linked(object.key());
		if (!(decision instanceof Decision.Nothing) && mayHaveTeam(object, rules, account)) {
			StoredTeam stored = teams(object.organization()).find(Objects.requireNonNull(teamIdOf(object)));
			boolean leaves = account == null || account.status() != Status.ACTIVE;
			decided(object, TeamChanges.ofManager(deciding, reports, (stored != null) ? stored.team() : null,
					leaves ? null : name));
		}
	}

	private static List<AccountChanges.Decided> changes(Deciding deciding, Decision decision, KnownAccounts known) {
		ObjectKey object = deciding.facts().key();
		return AccountChanges.of(deciding, decision, known.linked(object), known.waiting(object), known.newId(object),
				known);
	}

	private void decided(Work.OfObject object, @Nullable Team team) {
		if (team != null) {
			teams(object.organization()).decided(team, object);
		}
	}

	/** What the team of a user's reports is called; null where there is to be none. */
	private @Nullable TeamName nameOfTeam(Work.OfObject object, Rules rules) {
		TeamNaming naming = rules.teams().managers();
		return (naming != null && this.managers.getOrDefault(object.key(), false)) ? teams(object.organization())
			.name(Objects.requireNonNull(teamIdOf(object)), naming.nameOf(object.facts().name())) : null;
	}

	/** Where managers make no teams any more, those that they made are archived. */
	private static boolean mayHaveTeam(Work.OfObject object, Rules rules, @Nullable Account account) {
		return rules.teams().managers() != null
				|| object.released().stream().anyMatch((entry) -> entry.kind() == GuardedKind.TEAMS)
				|| (account != null && account.memberships()
					.stream()
					.anyMatch((member) -> member.role().equals(Account.Member.SUPERVISOR) && !member.byHand()));
	}

	/** The containers of an object that were not there when it was decided. */
	List<Container> missedBy(Work.OfObject object) {
		if (!object.isListed() || object.facts().kind() != ObjectKind.USER) {
			return List.of();
		}
		Containers containers = containers(object.key().connection());
		return object.facts().in().stream().filter((container) -> {
			Facts of = containers.facts(container);
			return rules(object).reads(container) && (of == null || !of.lives());
		}).toList();
	}

	private Containers containers(ConnectionId connection) {
		return new Containers() {

			@Override
			public @Nullable Facts facts(Container container) {
				return factsOfContainer(new ObjectKey(connection, container.object()));
			}

			@Override
			public @Nullable Set<Container> above(Container container) {
				ObjectKey key = new ObjectKey(connection, container.object());
				return Nesting.above(factsOfContainer(key), Decide.this.nestings.get(key));
			}

			@Override
			public boolean isHidden(Container container) {
				Connection of = Decide.this.connections.get(connection);
				return of != null && of.hidden().contains(container);
			}

		};
	}

	/** The team of a manager is there or not; those of groups follow from the groups. */
	private List<Deciding.TeamOf> teamsOf(Work.OfObject member, Rules rules, Container container) {
		ConnectionId connection = member.key().connection();
		if (container.kind() == ContainerKind.MANAGER) {
			return TeamChanges.makesTeam(rules, container) ? teamOf(
					teams(member.organization()).find(DerivedIds.team(member.organization(), connection, container)))
					: List.of();
		}
		return this.teamsOf.computeIfAbsent(new ObjectKey(connection, container.object()), (key) -> {
			Facts of = factsOfContainer(key);
			List<Deciding.TeamOf> teams = new ArrayList<>(1);
			if (of != null && TeamChanges.makesTeam(rules, container)) {
				teams.add(Deciding.TeamOf.of(container, of));
			}
			if (of != null && rules.readsAbove(container)) {
				addTeamsAbove(container, of, rules, teams);
			}
			return teams;
		});
	}

	private static List<Deciding.TeamOf> teamOf(@Nullable StoredTeam team) {
		return (team != null && team.team().status() == Status.ACTIVE)
				? List.of(new Deciding.TeamOf(team.team().id(), team.team().name(), null, true)) : List.of();
	}

	private void addTeamsAbove(Container group, Facts facts, Rules rules, List<Deciding.TeamOf> teams) {
		ConnectionId connection = facts.key().connection();
		Set<Container> above = containers(connection).above(group);
		for (Container chosen : rules.teams().nested()) {
			Facts of = factsOfContainer(new ObjectKey(connection, chosen.object()));
			if (of != null && !chosen.equals(group) && (above == null || above.contains(chosen))) {
				teams.add(Deciding.TeamOf.of(chosen, of).through(facts, above != null));
			}
		}
	}

	private @Nullable Facts factsOfContainer(ObjectKey container) {
		Work.OfObject own = this.work.find(container);
		return (own != null) ? own.facts() : this.facts.get(container);
	}

	/** Of what a user reports to, and of the user's own reports. */
	private static List<TeamId> teamsOfManagers(Work.OfObject object) {
		return Stream
			.concat(Stream.of(new Container(ContainerKind.MANAGER, object.key().object())),
					object.facts().in().stream().filter((container) -> container.kind() == ContainerKind.MANAGER))
			.map((container) -> DerivedIds.team(object.organization(), object.key().connection(), container))
			.toList();
	}

	/** Whoever decided by newer rules than these knows better. */
	private void checkRules(Work.OfObject object, Rules rules) {
		known(object.organization()).of(object.key()).forEach((account) -> {
			if (account.rulesVersion() > rules.version()) {
				throw new WrittenByOthers("newer rules were published meanwhile");
			}
		});
	}

	private Rules rules(Work.OfObject object) {
		Connection connection = this.connections.get(object.key().connection());
		return (connection != null) ? connection.rules() : Rules.standard();
	}

	private static @Nullable String emailOf(Decision decision) {
		return (decision instanceof Decision.Include include) ? include.emailKey() : null;
	}

	/** What it is likely to want, as long as nothing was read of its containers. */
	private static @Nullable String expectedEmail(Decision decision, Rules rules, Facts facts) {
		return (decision instanceof Decision.Nothing && rules.scope().hasContainers())
				? Decision.emailKeyOf(rules, facts) : emailOf(decision);
	}

	/**
	 * The containers that say anything about their members and were not read yet; nothing
	 * else is read of what somebody is in. A manager's team says all that there is to
	 * know.
	 */
	private void addContainers(Facts facts, Rules rules, DecisionInputs.Wanted wanted) {
		for (Container container : facts.in()) {
			ObjectKey key = new ObjectKey(facts.key().connection(), container.object());
			boolean nested = rules.readsAbove(container) && !this.readNestings.contains(key);
			if (nested || (rules.reads(container) && !this.readObjects.contains(key))) {
				wanted.containers().add(key);
			}
			if (nested) {
				wanted.nestings().add(key);
				rules.teams()
					.nested()
					.forEach((chosen) -> wanted.containers().add(new ObjectKey(key.connection(), chosen.object())));
			}
		}
	}

	private static <T> void add(Map<OrganizationId, Set<T>> sets, OrganizationId organization, T item) {
		sets.computeIfAbsent(organization, (id) -> new LinkedHashSet<>()).add(item);
	}

}
