package io.rollcall.reconciler.flow;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Release;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Staged;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A tenant of a test: says what Graph would, keeps the topic, and drives the flow on a
 * real database.
 */
final class Tenant implements Outbound, RunCounters, Evaluations {

	final OrganizationId organization;

	final ConnectionId connection;

	final RunId run = new RunId("run-1");

	final Log log = new Log();

	final List<Pending> published = Collections.synchronizedList(new ArrayList<>());

	final Set<String> countedChanges = new LinkedHashSet<>();

	ApplyCounts counted = ApplyCounts.NONE;

	Rules rules = Rules.standard();

	private final MongoPorts ports;

	private final Storage storage;

	private final Reconciling reconciling;

	private long sequence = 1;

	Tenant(MongoPorts ports, Storage storage, String name) {
		this(ports, storage, name, CrashPoints.NONE);
	}

	Tenant(MongoPorts ports, Storage storage, String name, CrashPoints crashPoints) {
		this.ports = ports;
		this.organization = new OrganizationId("org-" + name);
		this.connection = new ConnectionId("con-" + name);
		this.storage = storage;
		this.reconciling = reconciling(crashPoints);
	}

	/** The flow, as another instance of the service runs it. */
	Reconciling reconciling(CrashPoints crashPoints) {
		return new Reconciling(this.storage, this.ports.objects(), this.ports.accounts(), this.ports.teams(),
				(connection) -> Mono.just(this.rules), this, this, this, (records) -> Mono.empty(),
				InstantSource.system(), crashPoints);
	}

	// What Graph says.

	Stamp now() {
		return new Stamp(new Sequence(++this.sequence), 0);
	}

	Observation user(String object, Object... attributes) {
		return user(now(), object, attributes);
	}

	Observation user(Stamp stamp, String object, Object... attributes) {
		return new Observation.ObjectObserved(this.organization, this.connection, new ObjectId(object), ObjectKind.USER,
				this.run, stamp, 1, new Attributes(map(attributes)));
	}

	/** A user with what every user has. */
	Observation person(String object, String name, String email) {
		return user(object, "displayName", name, "mail", email);
	}

	Observation group(String object, String name) {
		return group(now(), object, name);
	}

	Observation group(Stamp stamp, String object, String name) {
		return new Observation.ObjectObserved(this.organization, this.connection, new ObjectId(object),
				ObjectKind.GROUP, this.run, stamp, 1, new Attributes(Map.of("displayName", name)));
	}

	Observation removed(String object, ObjectKind kind) {
		return removed(now(), object, kind);
	}

	Observation removed(Stamp stamp, String object, ObjectKind kind) {
		return new Observation.ObjectRemoved(this.organization, this.connection, new ObjectId(object), kind, this.run,
				stamp, Removal.RESTORABLE);
	}

	Observation member(String object, String group, boolean present) {
		return member(now(), object, group, present);
	}

	Observation member(Stamp stamp, String object, String group, boolean present) {
		return new Observation.MembershipObserved(this.organization, this.connection, new ObjectId(object),
				ObjectKind.USER, this.run, stamp, new ObjectId(group), ObjectKind.GROUP, present);
	}

	Observation unseen(String object, Stamp startedAt) {
		return new Observation.ObjectUnseen(this.organization, this.connection, new ObjectId(object), this.run,
				startedAt);
	}

	Observation ignore(String object, boolean ignored, String command) {
		return new Observation.IgnoreRequested(this.organization, this.connection, new ObjectId(object), ignored,
				"olga", Instant.EPOCH, command);
	}

	Observation manual(String object, AccountId account, TeamId team, @Nullable String role, String command) {
		return new Observation.ManualMemberRequested(this.organization, this.connection, new ObjectId(object), account,
				team, role, "olga", Instant.EPOCH, command);
	}

	private static Map<String, @Nullable Object> map(Object... pairs) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			map.put((String) pairs[i], pairs[i + 1]);
		}
		return map;
	}

	// What happens.

	Tenant says(Observation... observations) {
		for (Observation observation : observations) {
			this.log.append(observation);
		}
		return this;
	}

	/** Says it and waits until everything that follows is applied. */
	Tenant settles(Observation... observations) {
		says(observations);
		for (int round = 0; !this.log.waiting().isEmpty(); round++) {
			if (round > 200) {
				throw new AssertionError("never comes to rest: " + this.log.poll(this.log.waiting(), 5));
			}
			this.log.waiting().forEach((partition) -> step(List.of(partition), 1_000));
		}
		return this;
	}

	/** Applies the next batch of some partitions and commits it. */
	void step(Collection<Integer> partitions, int most) {
		Batch batch = this.log.poll(partitions, most);
		apply(batch).block();
		this.log.commit(batch);
	}

	Mono<Void> apply(Batch batch) {
		return this.reconciling.apply(batch);
	}

	/** What the guard does when it lets everything through. */
	Tenant releases() {
		release();
		return settles();
	}

	/** The same, before any of it is applied. */
	void release() {
		for (Account account : accounts()) {
			Staged staged = account.staged();
			if (!staged.equals(Staged.NOTHING) && account.link() != null) {
				says(release(account.link().object(),
						new Release(EnumSet.of(GuardedKind.ACCOUNTS, GuardedKind.MEMBERSHIPS), account.version())));
			}
		}
		for (Team team : teams()) {
			if (team.staged() != null && team.group() != null) {
				says(release(team.group(), new Release(Set.of(GuardedKind.TEAMS), team.version())));
			}
		}
	}

	Observation release(ObjectKey object, Release release) {
		return new Observation.StagedReleased(this.organization, object.connection(), object.object(), this.run,
				release.toString());
	}

	// What came of it.

	List<Account> accounts() {
		return this.ports.allAccounts(this.organization).stream().map(Stored::document).toList();
	}

	List<Team> teams() {
		return this.ports.allTeams(this.organization).stream().map(Stored::document).toList();
	}

	Account account(String object) {
		ObjectKey key = key(object);
		return accounts().stream()
			.filter((account) -> account.link() != null && account.link().object().equals(key))
			.max(java.util.Comparator.comparing((account) -> account.linkedTo(key)))
			.orElseThrow(() -> new AssertionError("no account of " + object + " among " + accounts()));
	}

	Team team(String group) {
		return teams().stream()
			.filter((team) -> team.id().equals(DerivedIds.team(this.organization, key(group))))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no team of " + group));
	}

	List<String> teamsOf(String object) {
		return account(object).memberships().stream().map((membership) -> membership.teamName()).sorted().toList();
	}

	ObjectKey key(String object) {
		return new ObjectKey(this.connection, new ObjectId(object));
	}

	/** The change log as a consumer sees it that dedupes by id. */
	List<Change> changes() {
		Map<String, Change> byId = new LinkedHashMap<>();
		synchronized (this.published) {
			for (Pending pending : this.published) {
				Change before = byId.putIfAbsent(pending.change().id(), pending.change());
				if (before != null && !before.equals(pending.change())) {
					throw new AssertionError("two changes with one id: " + before + " and " + pending.change());
				}
			}
		}
		return List.copyOf(byId.values());
	}

	List<String> changesOf(String object) {
		AccountId account = account(object).id();
		return changes().stream()
			.filter((change) -> change instanceof Change.OfAccount of && of.account().equals(account))
			.map((change) -> change.getClass().getSimpleName())
			.toList();
	}

	// What the flow hands out.

	@Override
	public Mono<Void> changes(List<Pending> changes) {
		return Mono.fromRunnable(() -> this.published.addAll(changes));
	}

	@Override
	public Mono<Void> observations(List<? extends Envelope<? extends Observation>> observations) {
		return Mono.fromRunnable(() -> observations.forEach((envelope) -> this.log.append(envelope.event())));
	}

	@Override
	public Mono<Void> observation(int partition, Envelope<? extends Observation> observation) {
		return Mono.fromRunnable(() -> this.log.append(partition, observation.event()));
	}

	@Override
	public Mono<Void> events(List<? extends Envelope<? extends Event>> events) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> add(List<OfPartition> partitions) {
		return Mono.fromRunnable(() -> {
			synchronized (this.countedChanges) {
				partitions.stream()
					.flatMap((partition) -> partition.applied().stream())
					.filter((one) -> this.countedChanges.add(one.change()))
					.forEach((one) -> this.counted = this.counted.plus(one.counts()));
			}
		});
	}

	@Override
	public Mono<Void> membersOf(OrganizationId organization, Collection<Turned> groups, String reason,
			@Nullable RunId run) {
		return this.ports.membersOf(groups.stream().map(Turned::group).toList())
			.doOnNext((members) -> members.forEach((member) -> this.log.append(
					new Observation.DecideRequested(organization, member.connection(), member.object(), reason, run))))
			.then();
	}

}
