package io.rollcall.reconciler.flow.apply;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.DecisionsRequested;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.NestingFollower;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Changes;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of a test: says what Graph would, keeps the topics, drives the flow on a real
 * database, and answers as a coordinator does that lets everything through.
 */
final class Tenant implements Outbound {

	static final RunId RUN = new RunId("run-1");

	final OrganizationId organization;

	final ConnectionId connection;

	final SourceId source = new SourceId("cloud/tenant/application");

	final Log log = new Log();

	/** In the order of publication, repeated ones too. */
	final List<Message> published = new ArrayList<>();

	final Map<String, State> states = new HashMap<>();

	final List<Progress> progress = new ArrayList<>();

	final List<Hint.ObjectWanted> wishes = new ArrayList<>();

	final List<Progress.Staged.Entry> staged = new ArrayList<>();

	final Apply apply;

	private final MongoPorts ports;

	private final Map<Log.Place, Integer> numbers = new HashMap<>();

	private long sequence = 1_000;

	private Rules rules = Rules.standard();

	private boolean evaluates = true;

	/** What a run said of containers: their members are decided when all is read. */
	private final Set<String> containersOfRun = new LinkedHashSet<>();

	private @Nullable NestingFollower nesting;

	/** Whether a FULL run listed something since groups in groups were looked at. */
	private boolean listed;

	Tenant(MongoPorts ports, String name) {
		this(ports, name, Kills.NONE);
	}

	Tenant(MongoPorts ports, String name, Kills kills) {
		this.ports = ports;
		this.organization = new OrganizationId("org-" + name);
		this.connection = new ConnectionId("con-" + name);
		this.apply = instance(kills);
		rules(Rules.standard());
	}

	/** The flow, as another instance of the service runs it. */
	Apply instance(Kills kills) {
		return new Apply(kills.on(this.ports.objects()), kills.on(this.ports.inputs()),
				kills.on(this.ports.accountsAndTeams()), this.ports.organizations(), kills.on(this), this.log,
				InstantSource.system());
	}

	Rules rules() {
		return this.rules;
	}

	/** Rules, and which of the groups that they name hide their members. */
	void rules(Rules rules, String... hidden) {
		this.rules = rules;
		this.ports
			.save(new Connection(this.connection, this.organization, this.source, "Contoso", ConnectionStatus.ACTIVE,
					rules, false, Arrays.stream(hidden).map(Tenant::containerOf).collect(Collectors.toSet())));
	}

	void connection(ConnectionStatus status, Rules rules, boolean setAside) {
		this.ports.save(new Connection(this.connection, this.organization, this.source, "Contoso", status, rules,
				setAside, Set.of()));
	}

	/** Groups in groups are followed from now on, as the rules ask for it. */
	Tenant followingNesting() {
		this.nesting = new NestingFollower(this.ports.database(), this.connection, this.organization);
		this.nesting.prepare();
		return this;
	}

	/** Nobody evaluates members of containers from now on. */
	Tenant withoutEvaluations() {
		this.evaluates = false;
		return this;
	}

	// What Graph says.

	Stamp now() {
		return new Stamp(new Sequence(++this.sequence), 0);
	}

	Cell user(String object, Object... attributes) {
		return user(null, object, attributes);
	}

	/** A user with all its edges. */
	Cell user(@Nullable Edges edges, String object, Object... attributes) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>();
		all.put("userPrincipalName", object + "@tenant.example");
		all.put("accountEnabled", true);
		for (int i = 0; i < attributes.length; i += 2) {
			all.put((String) attributes[i], attributes[i + 1]);
		}
		return new Cell.ObjectRead(0, new ObjectId(object), ObjectKind.USER, new Attributes(all), edges);
	}

	/** A user with what every user has. */
	Cell person(String object, String name, String email) {
		return user(object, "displayName", name, "mail", email);
	}

	Cell group(String object, String name) {
		return new Cell.ObjectRead(0, new ObjectId(object), ObjectKind.GROUP,
				new Attributes(Map.of("displayName", name)), null);
	}

	Cell unit(String object) {
		return new Cell.ObjectRead(0, new ObjectId(object), ObjectKind.ADMINISTRATIVE_UNIT,
				new Attributes(Map.of("displayName", object)), null);
	}

	/** That a group is in another, or not. */
	Cell nested(String group, String in, boolean present) {
		return new Cell.EdgeRead(0, new ObjectId(group), ObjectKind.GROUP, ContainerKind.GROUP, new ObjectId(in),
				present);
	}

	Cell removed(String object, ObjectKind kind) {
		return new Cell.ObjectGone(0, new ObjectId(object), kind, Removal.RESTORABLE);
	}

	Cell member(String object, String group, boolean present) {
		return new Cell.EdgeRead(0, new ObjectId(object), ObjectKind.USER, ContainerKind.GROUP, new ObjectId(group),
				present);
	}

	Cell reportsTo(String object, @Nullable String manager) {
		return new Cell.ManagerRead(0, new ObjectId(object), (manager != null) ? new ObjectId(manager) : null);
	}

	static Edges in(String... groups) {
		return new Edges(Arrays.stream(groups).map(ObjectId::new).toList(), List.of(), null);
	}

	Observation observed(Stamp stamp, @Nullable RunPart run, Cell cell) {
		List<String> selection = switch (cell) {
			case Cell.ObjectRead read when read.kind() == ObjectKind.USER -> Rules.standard().userAttributes();
			case Cell.ObjectRead _ -> Rules.standard().groupAttributes();
			default -> null;
		};
		return new Observation.CellsObserved(this.organization, this.connection, this.source, stamp.sequence(),
				partitionOf(key(cell.object().value())), run, selection, List.of(cell));
	}

	/** A live reading that asked for all that rules need. */
	Observation asked(Rules rules, Cell cell) {
		return new Observation.CellsObserved(this.organization, this.connection, this.source, now().sequence(),
				partitionOf(key(cell.object().value())), null, rules.userAttributes(), List.of(cell));
	}

	/** A part of a FULL run that started at a stamp. */
	RunPart full(Stamp startedAt) {
		return new RunPart(RUN, RunMode.FULL, RunPhase.READ, 1, startedAt);
	}

	// What happens.

	/** Live readings. */
	Tenant says(Cell... cells) {
		for (Cell cell : cells) {
			says(Topics.OBSERVATIONS, observed(now(), null, cell));
		}
		return this;
	}

	/** A page of a FULL run. */
	Tenant lists(Stamp startedAt, Cell... cells) {
		for (Cell cell : cells) {
			Stamp stamp = now();
			lists(startedAt, stamp, cell);
		}
		return this;
	}

	void lists(Stamp startedAt, Stamp stamp, Cell cell) {
		this.listed = true;
		int partition = partitionOf(key(cell.object().value()));
		int number = this.numbers.merge(new Log.Place(Topics.SNAPSHOTS, partition), 1, Integer::sum);
		says(Topics.SNAPSHOTS, observed(stamp, new RunPart(RUN, RunMode.FULL, RunPhase.READ, number, startedAt), cell));
	}

	void says(String topic, Observation observation) {
		int partition = (observation instanceof Observation.OfPartition of) ? of.partition()
				: Math.floorMod(observation.key().hashCode(), Log.PARTITIONS);
		this.log.append(topic, partition, observation);
	}

	void decides(DecisionsRequested.Why why, String... objects) {
		for (String object : objects) {
			says(Topics.OBSERVATIONS, new DecisionsRequested(this.organization, this.connection,
					partitionOf(key(object)), null, why, List.of(new ObjectId(object))));
		}
	}

	void ignores(String object, boolean ignored) {
		says(Topics.OBSERVATIONS, new Observation.IgnoreRequested(this.organization, this.connection,
				new ObjectId(object), ignored, "olga", Instant.EPOCH));
	}

	/** A person says whether an account goes, as it was shown. */
	void answers(Account shown, boolean removed) {
		Account.Leaving leaving = shown.staged().leaving();
		says(Topics.OBSERVATIONS,
				new Observation.RemovalAnswered(this.organization, this.connection, shown.object().object(), shown.id(),
						(leaving != null) ? leaving.revision() : shown.revision(), removed, "olga", Instant.EPOCH));
	}

	/** A person says which account a user has. */
	void matches(String object, Observation.MatchSettled.How how, @Nullable AccountId account) {
		says(Topics.OBSERVATIONS, new Observation.MatchSettled(this.organization, this.connection, new ObjectId(object),
				how, account, "olga", Instant.EPOCH));
	}

	/** A person gives an account a place in a team; role null takes it. */
	Tenant places(Account account, TeamId team, @Nullable String role) {
		ObjectKey key = account.key();
		says(Topics.OBSERVATIONS, new Observation.PlaceGiven(this.organization, key.connection(), key.object(),
				account.id(), team, role, "olga", Instant.EPOCH));
		return this;
	}

	/** A person gives an account a role; null takes it. */
	Tenant roles(Account account, @Nullable String role) {
		ObjectKey key = account.key();
		says(Topics.OBSERVATIONS, new Observation.RoleGiven(this.organization, key.connection(), key.object(),
				account.id(), role, "olga", Instant.EPOCH));
		return this;
	}

	/** What a team that a person made is to be. */
	Tenant shapes(String team, String name, boolean active) {
		says(Topics.OBSERVATIONS,
				new Observation.TeamShaped(this.organization, new TeamId(team), name, active, "olga", Instant.EPOCH));
		return this;
	}

	void unseen(Stamp startedAt, String object) {
		says(Topics.SNAPSHOTS,
				new Observation.ObjectsUnseen(this.organization, this.connection, partitionOf(key(object)),
						new RunPart(RUN, RunMode.FULL, RunPhase.SWEEP, 1, startedAt), List.of(new ObjectId(object))));
	}

	/** An account that the application had, told as an import tells it. */
	Account imports(String id, String email, String... keys) {
		Account account = new Account(this.organization, new AccountId(id), State.Status.ACTIVE,
				Map.of(Account.DISPLAY_NAME, "Imported " + id, Account.EMAIL, email), email, List.of(keys), null,
				List.of(new Account.Member(new TeamId("by-hand"), "By hand", "OWNER", true)), null,
				Account.Staged.NOTHING, null, null, 0, 1, 1);
		Account none = new Account(this.organization, account.id(), State.Status.WAITING, Map.of(), null, List.of(),
				null, List.of(), null, Account.Staged.NOTHING, null, null, 0, 0, 0);
		StoredAccount stored = new StoredAccount(account, null, Instant.EPOCH);
		this.ports.save(stored);
		Change change = new Changes(this.connection, null, "olga", Instant.EPOCH).of(none, account,
				Reason.of(Reason.Code.IMPORTED));
		publish(List.of(Message.of(Topics.CHANGES, change.id(), Instant.EPOCH, change),
				Message.of(Topics.ACCOUNTS, "state:" + id, Instant.EPOCH,
						new State.AccountState(this.organization, account.id(), 1, account.status(), account.fields(),
								List.of(new State.Membership(new TeamId("by-hand"), "OWNER")), null, null,
								Instant.EPOCH))));
		return account;
	}

	/** A person imports an account. */
	void imports(AccountId id, String name, String email) {
		int partition = partitionOf(key(id.value()));
		int number = this.numbers.merge(new Log.Place(Topics.SNAPSHOTS, partition), 1, Integer::sum);
		says(Topics.SNAPSHOTS,
				new Observation.AccountsImported(this.organization, this.connection, partition,
						new RunPart(RUN, RunMode.IMPORT, RunPhase.READ, number, Stamp.NONE), "olga",
						List.of(new Observation.AccountsImported.Imported(id,
								Map.of(Account.DISPLAY_NAME, name, Account.EMAIL, email), List.of()))));
	}

	/** Waits until everything that follows is applied. */
	Tenant settles(Cell... cells) {
		says(cells);
		for (int round = 0; !isAtRest(); round++) {
			if (round > 300) {
				throw new AssertionError("never comes to rest: " + this.log.poll(this.log.waiting(), 5).entries());
			}
			step(this.log.waiting(), 1_000);
		}
		return this;
	}

	/** Whether all is applied; has members decided when a run has read all. */
	boolean isAtRest() {
		if (this.log.waiting().isEmpty()) {
			if (this.nesting != null && this.listed) {
				this.nesting.followAll().forEach(this::evaluate);
			}
			this.listed = false;
			this.containersOfRun.forEach(this::evaluate);
			this.containersOfRun.clear();
		}
		return this.log.waiting().isEmpty();
	}

	/** Applies the next batch of some partitions and commits it. */
	void step(Collection<Log.Place> places, int most) {
		Batch batch = this.log.poll(places, most);
		this.apply.apply(batch);
		this.log.commit(batch);
	}

	/** What the guard does when it lets everything through, until nothing is staged. */
	Tenant releases() {
		for (int round = 0; round == 0 || !this.staged.isEmpty(); round++) {
			if (round > 50) {
				throw new AssertionError("never ends staging: " + this.staged);
			}
			release();
			settles();
		}
		return this;
	}

	/** The same, before any of it is applied. */
	void release() {
		Set<Progress.Staged.Entry> entries = new LinkedHashSet<>(this.staged);
		this.staged.clear();
		entries.forEach(this::release);
	}

	void release(Progress.Staged.Entry entry) {
		int partition = partitionOf(key(entry.object().value()));
		says(Topics.SNAPSHOTS,
				new StagedReleased(this.organization, this.connection, partition,
						new RunPart(new RunId("release-1"), RunMode.RELEASE, RunPhase.RELEASE, 1, Stamp.NONE), null,
						List.of(new StagedReleased.Entry(entry.object(), entry.id(), entry.kind(), entry.team(),
								entry.revision()))));
	}

	// What came of it.

	List<Account> accounts() {
		return this.ports.accounts(this.organization).stream().map(StoredAccount::account).toList();
	}

	List<Team> teams() {
		return this.ports.teams(this.organization).stream().map(StoredTeam::team).toList();
	}

	Facts facts(String object) {
		return this.ports.facts(this.connection)
			.stream()
			.map(StoredFacts::facts)
			.filter((facts) -> facts.key().equals(key(object)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no facts of " + object));
	}

	Account account(String object) {
		ObjectKey key = key(object);
		return accounts().stream()
			.filter((account) -> key.equals(account.object()))
			.max(Comparator.comparing(Account::isLinked))
			.orElseThrow(() -> new AssertionError("no account of " + object + " among " + accounts()));
	}

	boolean hasAccount(String object) {
		return accounts().stream().anyMatch((account) -> key(object).equals(account.object()));
	}

	Team team(String group) {
		return teams().stream()
			.filter((team) -> team.source() != null && team.source().object().value().equals(group))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no team of " + group));
	}

	List<String> teamsOf(String object) {
		return account(object).memberships().stream().map(Account.Member::name).sorted().toList();
	}

	ObjectKey key(String object) {
		return new ObjectKey(this.connection, new ObjectId(object));
	}

	AccountId idOf(String object) {
		return DerivedIds.account(this.organization, key(object));
	}

	/** The change log as a consumer sees it that dedupes by id. */
	synchronized List<Change> changes() {
		Map<String, Message> byId = new LinkedHashMap<>();
		for (Message message : this.published) {
			if (message.topic().equals(Topics.CHANGES)) {
				Message before = byId.putIfAbsent(message.id(), message);
				if (before != null && !Arrays.equals(before.value(), message.value())) {
					throw new AssertionError("two changes with one id: " + new String(before.value()) + " and "
							+ new String(message.value()));
				}
			}
		}
		return byId.values().stream().map((message) -> (Change) eventOf(message)).toList();
	}

	List<String> changesOf(String object) {
		AccountId account = account(object).id();
		return changes().stream()
			.filter((change) -> change instanceof Change.AccountChanged of && of.account().equals(account))
			.map((change) -> ((Change.AccountChanged) change).what().name())
			.toList();
	}

	// What the flow hands out.

	@Override
	public synchronized void publish(List<Message> messages) {
		messages.forEach((message) -> {
			this.published.add(message);
			switch (eventOf(message)) {
				case Observation observation when message.partition() == null -> says(message.topic(), observation);
				case Observation observation -> this.log.append(message.topic(), message.partition(), observation);
				case State state -> this.states.put(state.key(), state);
				case Hint.ObjectWanted wish -> this.wishes.add(wish);
				case Progress told -> {
					this.progress.add(told);
					coordinate(told);
				}
				case Change _ -> {
				}
				default -> throw new AssertionError(message);
			}
		});
	}

	private void coordinate(Progress told) {
		if (told instanceof Progress.Staged some) {
			this.staged.addAll(some.entries());
		}
		if (told instanceof Progress.ContainersChanged changed && this.evaluates) {
			if (changed.run() != null) {
				changed.containers()
					.forEach((container) -> this.containersOfRun
						.add(new Container(container.kind(), container.object()).code()));
			}
			else {
				List<String> codes = changed.containers()
					.stream()
					.map((container) -> new Container(container.kind(), container.object()).code())
					.toList();
				((this.nesting != null) ? this.nesting.follow(codes) : codes).forEach(this::evaluate);
			}
		}
	}

	private void evaluate(String code) {
		Container container = Container.parse(code);
		if (container.kind() == ContainerKind.MANAGER) {
			decides(DecisionsRequested.Why.CONTAINER, container.object().value());
		}
		this.ports.membersOf(new ObjectKey(this.connection, container.object()))
			.forEach((member) -> decides(DecisionsRequested.Why.CONTAINER, member.object().value()));
	}

	static Event eventOf(Message message) {
		return EventFormat.json().readValue(message.value(), EventTypes.find(message.type()));
	}

	@Override
	public int partitionOf(ObjectKey object) {
		return Math.floorMod(object.toString().hashCode(), Log.PARTITIONS);
	}

	static Container containerOf(String id) {
		return new Container(ContainerKind.GROUP, new ObjectId(id));
	}

}
