package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.AccountChanges;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.Deciding;
import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.TeamChanges;
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

	private final Map<OrganizationId, Map<TeamId, StoredTeam>> teams = new HashMap<>();

	private final Map<ObjectKey, Facts> facts = new HashMap<>();

	/** The teams of groups: nothing else makes one. */
	private final Map<ObjectKey, Deciding.TeamOf> teamsOf = new HashMap<>();

	private final Map<ObjectKey, Nesting> nestings = new HashMap<>();

	private final Set<ObjectKey> readObjects = new LinkedHashSet<>();

	private final Set<ObjectKey> readNestings = new LinkedHashSet<>();

	private final Set<ObjectKey> unreadObjects = new LinkedHashSet<>();

	private final List<NextTeam> nextTeams = new ArrayList<>();

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
		if (this.work.objects().isEmpty()) {
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

	List<NextTeam> nextTeams() {
		return this.nextTeams;
	}

	/** The team of an object, as it was read. */
	@Nullable StoredTeam team(Work.OfObject object) {
		Container source = TeamChanges.sourceOf(object.facts());
		return (source != null) ? this.teams.getOrDefault(object.organization(), Map.of())
			.get(DerivedIds.team(object.organization(), object.key().connection(), source)) : null;
	}

	/** The team of an object as it is to be, with the revision that it was read with. */
	@Nullable Team teamAsDecided(Work.OfObject object) {
		StoredTeam stored = team(object);
		return this.nextTeams.stream()
			.filter((next) -> next.writer() == object)
			.map(NextTeam::team)
			.findFirst()
			.orElse((stored != null) ? stored.team() : null);
	}

	private DecisionInputs.Wanted wanted() {
		DecisionInputs.Wanted wanted = nothing();
		this.work.objects().forEach((object) -> {
			Facts facts = object.facts();
			if (facts.kind() == ObjectKind.USER) {
				add(wanted.accountsOf(), object.organization(), object.key());
				Rules rules = rules(object);
				addContainers(facts, rules, wanted);
				String email = expectedEmail(object.decision(rules, Containers.UNREAD), rules, facts);
				if (email != null && !facts.attributes().equals(object.before().attributes())
						&& !email.equals(emailOf(Decision.of(rules, object.before(), Containers.UNREAD)))) {
					add(wanted.emails(), object.organization(), email);
				}
			}
			Container source = TeamChanges.sourceOf(facts);
			if (source != null) {
				add(wanted.teams(), object.organization(),
						DerivedIds.team(object.organization(), object.key().connection(), source));
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
			missing.accounts().put(organization, Set.copyOf(known.unreadIds()));
		});
		missing.objects().addAll(this.unreadObjects);
		this.work.objects()
			.stream()
			.filter((object) -> object.facts().kind() == ObjectKind.USER)
			.forEach((object) -> addContainers(object.facts(), rules(object), missing));
		return missing;
	}

	private boolean isComplete() {
		return this.unreadObjects.isEmpty() && this.accounts.values().stream().allMatch(KnownAccounts::isComplete)
				&& (!this.rulesChanged || missing().containers().isEmpty());
	}

	private DecisionInputs.Wanted nothing() {
		return new DecisionInputs.Wanted(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
				new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashSet<>(),
				new LinkedHashSet<>(), this.connections.keySet());
	}

	private void read(DecisionInputs.Wanted wanted) {
		Set<ConnectionId> connections = new LinkedHashSet<>();
		this.work.objects().forEach((object) -> connections.add(object.key().connection()));
		DecisionInputs.Found found = this.inputs
			.read(new DecisionInputs.Wanted(wanted.accountsOf(), wanted.accounts(), wanted.emails(),
					wanted.wantedEmails(), wanted.teams(), wanted.containers(), wanted.nestings(), wanted.objects(),
					connections));
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
		this.work.objects().forEach((object) -> known(object.organization()));
		this.accounts.forEach((organization, known) -> known.read(byOrganization.getOrDefault(organization, List.of()),
				wanted.emails().getOrDefault(organization, Set.of()),
				wanted.wantedEmails().getOrDefault(organization, Set.of()),
				wanted.accounts().getOrDefault(organization, Set.of())));
		found.teams()
			.forEach((team) -> this.teams.computeIfAbsent(team.team().organization(), (organization) -> new HashMap<>())
				.put(team.team().id(), team));
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
		this.nextTeams.clear();
		for (Work.OfObject object : this.work.objects()) {
			Connection connection = this.connections.get(object.key().connection());
			if (connection != null && connection.isDecided()) {
				decide(object, connection.rules());
			}
		}
	}

	private void decide(Work.OfObject object, Rules rules) {
		Facts facts = object.facts();
		if (facts.kind() == ObjectKind.USER) {
			KnownAccounts known = known(object.organization());
			checkRules(object, rules);
			known.decided(object,
					AccountChanges.of(
							new Deciding(rules, facts, (container) -> teamOf(object.key().connection(), container),
									object.released()),
							object.decision(rules, containers(object.key().connection())), known.linked(object.key()), known.waiting(object.key()),
							known.newId(object.key()), known));
		}
		Container source = TeamChanges.sourceOf(facts);
		if (source != null) {
			StoredTeam stored = team(object);
			Team next = TeamChanges.of(new Deciding(rules, facts, (_) -> null, object.released()), source,
					(stored != null) ? stored.team() : null);
			if (next != null) {
				this.nextTeams.add(new NextTeam(next, stored, object));
			}
		}
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

	private Deciding.@Nullable TeamOf teamOf(ConnectionId connection, Container container) {
		return this.teamsOf.computeIfAbsent(new ObjectKey(connection, container.object()), (key) -> {
			Facts of = factsOfContainer(key);
			return (of != null) ? Deciding.TeamOf.of(container, of) : null;
		});
	}

	private @Nullable Facts factsOfContainer(ObjectKey container) {
		Work.OfObject own = this.work.find(container);
		return (own != null) ? own.facts() : this.facts.get(container);
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
	 * else is read of what somebody is in.
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
			}
		}
	}

	private static <T> void add(Map<OrganizationId, Set<T>> sets, OrganizationId organization, T item) {
		sets.computeIfAbsent(organization, (id) -> new LinkedHashSet<>()).add(item);
	}

	/** A team as it is to be. */
	record NextTeam(Team team, @Nullable StoredTeam stored, Work.OfObject writer) {
	}

}
