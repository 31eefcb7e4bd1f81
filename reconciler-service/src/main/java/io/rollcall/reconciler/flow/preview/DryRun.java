package io.rollcall.reconciler.flow.preview;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.DecisionsRequested;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.Apply;
import io.rollcall.reconciler.flow.apply.Batch;
import io.rollcall.reconciler.flow.apply.DecisionInputs;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.reconciler.flow.apply.Organizations;
import io.rollcall.reconciler.flow.apply.Origin;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.flow.apply.Owners;
import io.rollcall.reconciler.flow.apply.Pending;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.flow.preview.Outcomes.Sought;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * Applies as {@link Apply} does, with other rules, and neither writes nor publishes: what
 * would be written is kept among {@link Outcomes}, and is read instead of what is stored;
 * what would be asked of others is asked here; what would be staged is counted.
 */
final class DryRun {

	private static final String TOPIC = "preview";

	private static final Reason CHANGED = Reason.of(Reason.Code.CHANGED_IN_DIRECTORY);

	private final DirectoryObjects objects;

	private final DecisionInputs inputs;

	private final Organizations organizations;

	private final Outcomes outcomes;

	private final Connection connection;

	private final Apply apply;

	/** What the batch has read: accounts and teams as they are stored. */
	private final Map<String, StoredAccount> accounts = new HashMap<>();

	private final Map<String, StoredTeam> teams = new HashMap<>();

	private final Map<String, Outcome> read = new HashMap<>();

	/** Who is to be decided again, as addresses came free or are wanted. */
	private final Map<ObjectKey, OrganizationId> asked = new LinkedHashMap<>();

	/** Places that would end, or be called otherwise, as their teams would. */
	private final List<Observation> places = new ArrayList<>();

	/** Lists of owners that would be written. */
	private final Map<OrganizationId, Owners> owners = new HashMap<>();

	/** Whose members are to be decided again, as others report to them. */
	private final Set<String> containers = new LinkedHashSet<>();

	private final Map<GuardedKind, Long> staged = new EnumMap<>(GuardedKind.class);

	private final Map<GuardedKind, Long> active = new EnumMap<>(GuardedKind.class);

	/** What follows from groups in groups, where the rules that are tried ask for it. */
	private Map<ObjectId, Nesting> nestings = Map.of();

	private final Map<String, Long> unread = new TreeMap<>();

	private Tally changes = Tally.NONE;

	private Tally afterApproval = Tally.NONE;

	private long changed;

	private long records;

	private boolean walking;

	private boolean approved;

	/**
	 * A dry run.
	 * @param connection as it is decided: with the rules to be tried, and active
	 */
	DryRun(DirectoryObjects objects, DecisionInputs inputs, Organizations organizations, Outcomes outcomes,
			Connection connection, InstantSource clock) {
		this.objects = objects;
		this.inputs = inputs;
		this.organizations = organizations;
		this.outcomes = outcomes;
		this.connection = connection;
		this.apply = new Apply(new StoredFactsOnly(), this::read, this::write, new WouldBe(), new Kept(), (_) -> true,
				clock);
	}

	/** The connection as if it were active under other rules. */
	static Connection with(Connection connection, Rules rules) {
		// Whatever accounts were decided by, these are newer.
		return new Connection(connection.id(), connection.organization(), connection.source(), connection.name(),
				ConnectionStatus.ACTIVE, rules.as(Integer.MAX_VALUE), false, connection.hidden());
	}

	/** Says what follows from groups in groups. */
	void follow(Map<ObjectId, Nesting> all) {
		this.nestings = all;
	}

	/** Decides some of everybody, and looks at what was never read of them. */
	void walk(List<ObjectId> some) {
		this.walking = true;
		decide(some);
		this.walking = false;
	}

	void decide(List<ObjectId> some) {
		apply(List.of(request(this.connection.organization(), this.connection.id(), some)));
	}

	/** The containers that changed, by their codes, since this was asked last. */
	List<String> takeContainers() {
		List<String> taken = List.copyOf(this.containers);
		this.containers.clear();
		return taken;
	}

	/** How many are to be decided again. */
	int asked() {
		return this.asked.size() + this.places.size();
	}

	/** Decides some of those that are to be decided again. */
	void decideAsked(int most) {
		Map<ConnectionId, List<ObjectId>> byConnection = new LinkedHashMap<>();
		Map<ConnectionId, OrganizationId> organizations = new HashMap<>();
		Iterator<Map.Entry<ObjectKey, OrganizationId>> next = this.asked.entrySet().iterator();
		for (int i = 0; i < most && next.hasNext(); i++) {
			Map.Entry<ObjectKey, OrganizationId> one = next.next();
			ConnectionId of = one.getKey().connection();
			byConnection.computeIfAbsent(of, (_) -> new ArrayList<>()).add(one.getKey().object());
			organizations.put(of, one.getValue());
			next.remove();
		}
		List<Observation> requests = new ArrayList<>(this.places);
		this.places.clear();
		byConnection
			.forEach((of, some) -> requests.add(request(Objects.requireNonNull(organizations.get(of)), of, some)));
		apply(requests);
	}

	/** Lets go what was staged of some kinds. */
	void release(Set<GuardedKind> kinds, int most) {
		String after = null;
		List<Outcome> page;
		do {
			page = this.outcomes.staged(after, most);
			List<StagedReleased.Entry> entries = new ArrayList<>();
			for (Outcome outcome : page) {
				if (this.connection.id().equals(outcome.connection())) {
					outcome.staged().stream().filter((entry) -> kinds.contains(entry.kind())).forEach(entries::add);
				}
				after = outcome.id();
			}
			if (!entries.isEmpty()) {
				apply(List.of(new StagedReleased(this.connection.organization(), this.connection.id(), 0, null, null,
						entries)));
			}
		}
		while (page.size() == most);
	}

	/** From now on everything is what comes after a person approved. */
	void approve() {
		this.approved = true;
	}

	/** How much was staged since this was asked last, by kind. */
	Map<GuardedKind, Long> takeStaged() {
		Map<GuardedKind, Long> taken = new EnumMap<>(GuardedKind.class);
		taken.putAll(this.staged);
		this.staged.clear();
		return taken;
	}

	/** How much more of a kind is active than is stored. */
	long active(GuardedKind kind) {
		return this.active.getOrDefault(kind, 0L);
	}

	/** How many people lack an attribute that the rules read, as it was never read. */
	Map<String, Long> unread() {
		return this.unread;
	}

	Tally changes() {
		return this.changes;
	}

	Tally afterApproval() {
		return this.afterApproval;
	}

	/** How many accounts and teams would be changed. */
	long changed() {
		return this.changed;
	}

	private static Observation request(OrganizationId organization, ConnectionId of, List<ObjectId> some) {
		return new DecisionsRequested(organization, of, 0, null, DecisionsRequested.Why.CONTAINER, some);
	}

	private void apply(List<Observation> observations) {
		this.accounts.clear();
		this.teams.clear();
		this.read.clear();
		List<Batch.Entry> entries = observations.stream()
			.map((observation) -> new Batch.Entry(TOPIC, new Origin(TOPIC, 0, this.records++), observation))
			.toList();
		this.apply.apply(new Batch(entries, () -> true));
	}

	private DecisionInputs.Found read(DecisionInputs.Wanted wanted) {
		DecisionInputs.Found stored = this.inputs.read(wanted);
		Map<OrganizationId, Owners> owned = new HashMap<>(stored.owners());
		owned.putAll(this.owners);
		stored.accounts().forEach((account) -> this.accounts.put(Outcome.OfAccount.idOf(account.account()), account));
		stored.teams().forEach((team) -> this.teams.put(Outcome.OfTeam.idOf(team.team()), team));
		Map<String, Outcome> others = new LinkedHashMap<>();
		this.outcomes.find(sought(wanted, stored)).forEach((outcome) -> others.put(outcome.id(), outcome));
		this.read.putAll(others);
		List<StoredAccount> readAccounts = new ArrayList<>();
		List<StoredTeam> readTeams = new ArrayList<>();
		others.values().forEach((outcome) -> {
			switch (outcome) {
				case Outcome.OfAccount account ->
					readAccounts.add(new StoredAccount(account.after(), null, Instant.EPOCH));
				case Outcome.OfTeam team -> readTeams.add(new StoredTeam(team.after(), null, Instant.EPOCH));
			}
		});
		stored.accounts()
			.stream()
			.filter((account) -> !others.containsKey(Outcome.OfAccount.idOf(account.account())))
			.forEach(readAccounts::add);
		stored.teams()
			.stream()
			.filter((team) -> !others.containsKey(Outcome.OfTeam.idOf(team.team())))
			.forEach(readTeams::add);
		return new DecisionInputs.Found(readAccounts, readTeams,
				wanted.managers().isEmpty() ? Set.of() : this.outcomes.managers(wanted.managers(), stored.managers()),
				stored.facts(), nestings(wanted.nestings(), stored.nestings()), owned, tried(stored.connections()));
	}

	/** What is stored may have been worked out for other rules. */
	private Map<ObjectKey, Nesting> nestings(Set<ObjectKey> wanted, Map<ObjectKey, Nesting> stored) {
		Map<ObjectKey, Nesting> found = new HashMap<>(stored);
		wanted.stream().filter((group) -> group.connection().equals(this.connection.id())).forEach((group) -> {
			Nesting nesting = this.nestings.get(group.object());
			if (nesting != null) {
				found.put(group, nesting);
			}
		});
		return found;
	}

	/** An organization's accounts alone share addresses. */
	private Sought sought(DecisionInputs.Wanted wanted, DecisionInputs.Found stored) {
		OrganizationId organization = this.connection.organization();
		Set<ObjectKey> objectsSought = wanted.accountsOf().getOrDefault(organization, Set.of());
		Set<String> ids = new LinkedHashSet<>();
		objectsSought.forEach((object) -> ids.add("account:" + DerivedIds.account(organization, object)));
		wanted.accounts().getOrDefault(organization, Set.of()).forEach((account) -> ids.add("account:" + account));
		wanted.teams().getOrDefault(organization, Set.of()).forEach((team) -> ids.add("team:" + team));
		stored.accounts().forEach((account) -> ids.add(Outcome.OfAccount.idOf(account.account())));
		stored.teams().forEach((team) -> ids.add(Outcome.OfTeam.idOf(team.team())));
		return new Sought(ids, objectsSought, wanted.emails().getOrDefault(organization, Set.of()),
				wanted.wantedEmails().getOrDefault(organization, Set.of()),
				wanted.keys().getOrDefault(organization, Set.of()),
				wanted.teamNames().getOrDefault(organization, Set.of()));
	}

	private Map<ConnectionId, Connection> tried(Map<ConnectionId, Connection> stored) {
		Map<ConnectionId, Connection> connections = new HashMap<>(stored);
		connections.computeIfPresent(this.connection.id(), (_, _) -> this.connection);
		return connections;
	}

	private void write(List<StoredAccount> nextAccounts, List<StoredTeam> nextTeams) {
		List<Outcome> written = new ArrayList<>();
		nextAccounts.forEach((next) -> written.add(next(next)));
		nextTeams.forEach((next) -> written.add(next(next.team())));
		this.outcomes.write(written);
	}

	private Outcome next(StoredAccount stored) {
		Account next = stored.account();
		String id = Outcome.OfAccount.idOf(next);
		StoredAccount known = this.accounts.get(id);
		Account before = (known != null) ? known.account() : null;
		Outcome.OfAccount outcome = (this.read.get(id) instanceof Outcome.OfAccount earlier) ? earlier : null;
		Reason reason = reasonOf(stored.pending());
		if (outcome == null) {
			Account first = (before != null || next.object() == null) ? before
					: Account.unborn(next.organization(), next.id(), next.object());
			outcome = Outcome.OfAccount.first(before, this.approved ? first : null, next,
					(reason != null) ? reason : CHANGED);
			count(null, outcome);
			count(before, next);
			return outcome;
		}
		Outcome.OfAccount then = outcome.then(next, (reason != null) ? reason : outcome.given(), this.approved);
		count(outcome, then);
		count(outcome.after(), next);
		return then;
	}

	private Outcome next(Team next) {
		String id = Outcome.OfTeam.idOf(next);
		StoredTeam known = this.teams.get(id);
		Team before = (known != null) ? known.team() : null;
		Outcome.OfTeam outcome = (this.read.get(id) instanceof Outcome.OfTeam earlier) ? earlier : null;
		if (outcome == null) {
			Outcome.OfTeam first = Outcome.OfTeam.first(before, this.approved ? before : null, next);
			count(null, first);
			count(before, next);
			return first;
		}
		Outcome.OfTeam then = outcome.then(next, this.approved);
		count(outcome, then);
		count(outcome.after(), next);
		return then;
	}

	/** Why an account leaves, or is held no more: what else happens says so itself. */
	private static @Nullable Reason reasonOf(@Nullable Pending pending) {
		if (pending == null || pending.change() == null) {
			return null;
		}
		Change.AccountChanged change = EventFormat.json().readValue(pending.change(), Change.AccountChanged.class);
		return switch (change.what()) {
			case DEACTIVATED, ARCHIVED, RELEASED -> change.cause().reason();
			case CREATED, LINKED, REACTIVATED, HELD, UPDATED, MEMBERSHIPS -> null;
		};
	}

	private void count(@Nullable Outcome before, Outcome next) {
		this.changes = counted(this.changes, (before != null) ? before.change() : null, next.change());
		this.afterApproval = counted(this.afterApproval, (before != null) ? before.afterApproval() : null,
				next.afterApproval());
		this.changed += isChange(next) - ((before != null) ? isChange(before) : 0);
	}

	private static int isChange(Outcome outcome) {
		return (outcome.change() != null || outcome.afterApproval() != null) ? 1 : 0;
	}

	private static Tally counted(Tally sum, @Nullable Change before, @Nullable Change next) {
		Map<Tally.Kind, Long> counts = new EnumMap<>(Tally.Kind.class);
		counts.putAll(sum.counts());
		if (before != null) {
			Tally.of(before).counts().forEach((kind, count) -> counts.merge(kind, -count, Long::sum));
		}
		if (next != null) {
			Tally.of(next).counts().forEach((kind, count) -> counts.merge(kind, count, Long::sum));
		}
		counts.values().removeIf((count) -> count == 0);
		return new Tally(counts, Map.of());
	}

	private void count(@Nullable Account before, Account next) {
		count(GuardedKind.ACCOUNTS, activeOf(next) - ((before != null) ? activeOf(before) : 0));
		count(GuardedKind.ADDRESSES, activeOf(next) - ((before != null) ? activeOf(before) : 0));
		count(GuardedKind.MEMBERSHIPS, membershipsOf(next) - ((before != null) ? membershipsOf(before) : 0));
	}

	private void count(@Nullable Team before, Team next) {
		count(GuardedKind.TEAMS, activeOf(next) - ((before != null) ? activeOf(before) : 0));
	}

	private void count(GuardedKind kind, long more) {
		this.active.merge(kind, more, Long::sum);
	}

	private long activeOf(Account account) {
		ObjectKey object = account.object();
		return (object != null && object.connection().equals(this.connection.id()) && account.status() == Status.ACTIVE)
				? 1 : 0;
	}

	private long membershipsOf(Account account) {
		return (activeOf(account) == 0) ? 0
				: account.memberships().stream().filter((member) -> !member.byHand()).count();
	}

	private long activeOf(Team team) {
		return (this.connection.id().equals(team.connection()) && team.status() == Status.ACTIVE) ? 1 : 0;
	}

	private void countUnread(Collection<StoredFacts> found) {
		List<String> needed = this.connection.rules().userAttributes();
		for (StoredFacts stored : found) {
			Facts facts = stored.facts();
			if (facts.kind() == ObjectKind.USER && facts.lives()) {
				Set<String> known = facts.attributes().values().keySet();
				needed.stream()
					.filter((attribute) -> !known.contains(attribute))
					.forEach((attribute) -> this.unread.merge(attribute, 1L, Long::sum));
			}
		}
	}

	/** Facts as they are stored: decisions change none, and commands are forgotten. */
	private final class StoredFactsOnly implements DirectoryObjects {

		@Override
		public Found find(Collection<ObjectKey> keys, Collection<ConnectionId> connections) {
			Found found = DryRun.this.objects.find(keys, connections);
			if (DryRun.this.walking) {
				countUnread(found.objects().values());
			}
			return new Found(found.objects(), tried(found.connections()));
		}

		@Override
		public void write(List<Write> facts) {
			// Whoever obeyed a command would note it.
		}

	}

	/** Owners, and who has places that people gave, as they would be. */
	private final class WouldBe implements Organizations {

		@Override
		public void write(Owners next) {
			DryRun.this.owners.put(next.organization(), next);
		}

		@Override
		public List<StoredAccount> placedIn(OrganizationId organization, TeamId team) {
			List<StoredAccount> stored = DryRun.this.organizations.placedIn(organization, team);
			Set<String> ids = stored.stream()
				.map((account) -> Outcome.OfAccount.idOf(account.account()))
				.collect(Collectors.toSet());
			Map<String, Outcome> others = new HashMap<>();
			DryRun.this.outcomes.find(new Sought(ids, Set.of(), Set.of(), Set.of(), Set.of(), Set.of()))
				.forEach((outcome) -> others.put(outcome.id(), outcome));
			return stored.stream()
				.map((account) -> (others
					.get(Outcome.OfAccount.idOf(account.account())) instanceof Outcome.OfAccount outcome)
							? new StoredAccount(outcome.after(), null, Instant.EPOCH) : account)
				.toList();
		}

	}

	/** What would be published: requests and staged entries are kept, nobody is told. */
	private final class Kept implements Outbound {

		private static final String STAGED = EventTypes.nameOf(Progress.Staged.class);

		private static final String CHANGED_CONTAINERS = EventTypes.nameOf(Progress.ContainersChanged.class);

		private static final String PLACE = EventTypes.nameOf(Observation.PlaceGiven.class);

		private static final String REQUESTED = EventTypes.nameOf(DecisionsRequested.class);

		@Override
		public void publish(List<Message> messages) {
			for (Message message : messages) {
				if (message.type().equals(REQUESTED)) {
					DecisionsRequested requested = read(message, DecisionsRequested.class);
					requested.objects()
						.forEach((object) -> DryRun.this.asked.put(new ObjectKey(requested.connection(), object),
								requested.organization()));
				}
				else if (message.type().equals(PLACE)) {
					DryRun.this.places.add(read(message, Observation.PlaceGiven.class));
				}
				else if (message.type().equals(CHANGED_CONTAINERS)) {
					Progress.ContainersChanged some = read(message, Progress.ContainersChanged.class);
					if (some.connection().equals(DryRun.this.connection.id())) {
						some.containers()
							.forEach((one) -> DryRun.this.containers
								.add(new Container(one.kind(), one.object()).code()));
					}
				}
				else if (message.type().equals(STAGED)) {
					Progress.Staged some = read(message, Progress.Staged.class);
					if (some.connection().equals(DryRun.this.connection.id())) {
						some.entries().forEach((entry) -> DryRun.this.staged.merge(entry.kind(), 1L, Long::sum));
					}
				}
			}
		}

		private static <E extends Event> E read(Message message, Class<E> type) {
			return EventFormat.json().readValue(message.value(), type);
		}

		@Override
		public int partitionOf(ObjectKey object) {
			return 0;
		}

	}

}
