package io.rollcall.reconciler.flow.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.Outbound.Message;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * What a batch has to tell, in the order in which it is published: changes with the new
 * states, then what the coordinators are told, then wishes and decisions.
 */
final class Telling {

	private static final int MOST_ITEMS = 500;

	private final Instant now;

	private final List<Message> changes = new ArrayList<>();

	private final Map<Group, List<Progress.Staged.Entry>> staged = new LinkedHashMap<>();

	private final Map<Group, Set<Progress.ContainersChanged.Container>> containers = new LinkedHashMap<>();

	private final Map<RunRecords, Applied> applied = new LinkedHashMap<>();

	private final List<Message> coordination = new ArrayList<>();

	private final List<Message> requests = new ArrayList<>();

	private final String id;

	/**
	 * @param first the batch's first record, which names what is told once for all of it
	 */
	Telling(Batch.Entry first, Instant now) {
		this.id = first.topic() + ":" + first.origin().partition() + ":" + first.origin().offset();
		this.now = now;
	}

	/** What is to be told before something is written; the rest is told at the end. */
	List<Message> first() {
		List<Message> all = changes();
		all.addAll(this.requests);
		this.changes.clear();
		this.staged.clear();
		this.containers.clear();
		this.requests.clear();
		return all;
	}

	/** All that was not told before. */
	List<Message> messages() {
		List<Message> all = changes();
		this.applied.forEach((records, applied) -> applied(records, applied, all));
		all.addAll(this.coordination);
		all.addAll(this.requests);
		return all;
	}

	private List<Message> changes() {
		List<Message> all = new ArrayList<>(this.changes);
		this.staged.forEach((group, entries) -> pieces(entries, (piece) -> all
			.add(progress(new Progress.Staged(group.organization, group.connection, group.run, piece)))));
		this.containers.forEach((group, changed) -> pieces(List.copyOf(changed), (piece) -> all
			.add(progress(new Progress.ContainersChanged(group.organization, group.connection, group.run, piece)))));
		return all;
	}

	/**
	 * Numbers that follow one another are told together: a record that could not be read
	 * is between two of them, and whom it was about must not count as unseen.
	 */
	private void applied(RunRecords records, Applied applied, List<Message> all) {
		RunPart part = records.part;
		Tally changed = applied.changed;
		for (int from = applied.numbers.nextSetBit(0); from >= 0;) {
			int end = applied.numbers.nextClearBit(from);
			all.add(progress(new Progress.RecordsApplied(records.organization, records.connection, part.id(),
					part.mode(), part.phase(), records.topic, records.partition, from, end - 1, changed)));
			changed = Tally.NONE;
			from = applied.numbers.nextSetBit(end);
		}
	}

	/**
	 * Tells an account's last write.
	 * @param change that it was; null where it is to be taken from its bytes
	 */
	void account(StoredAccount stored, @Nullable Change change) {
		Account account = stored.account();
		Pending pending = stored.pending();
		if (pending == null) {
			return;
		}
		if (pending.change() != null) {
			String key = account.organization() + ":" + account.id();
			this.changes.add(new Message(Topics.CHANGES, null, key, account.id() + ":" + account.version(),
					EventTypes.nameOf(Change.AccountChanged.class), pending.at(), pending.run(), pending.change()));
			state(stored);
			count(pending, (change != null) ? change
					: EventFormat.json().readValue(pending.change(), Change.AccountChanged.class));
		}
		ObjectKey object = account.object();
		if (object != null) {
			Group group = new Group(account.organization(), object.connection(), pending.run());
			pending.managers().forEach((manager) -> container(group, ContainerKind.MANAGER, manager));
			staged(account, object, pending.run(), (revision) -> revision == account.revision());
		}
	}

	/** Tells again what was staged before and waits: it is to be judged again. */
	void stagedBefore(Account account, ObjectKey object, @Nullable RunId run) {
		staged(account, object, run, (revision) -> revision <= account.revision());
	}

	/** Tells an account's state as it is. */
	void state(StoredAccount stored) {
		Account account = stored.account();
		ObjectKey object = account.object();
		this.changes
			.add(Message.of(Topics.ACCOUNTS, "state:" + account.id() + ":" + account.version(), stored.writtenAt(),
					new State.AccountState(account.organization(), account.id(), account.version(), account.status(),
							account.fields(),
							account.memberships()
								.stream()
								.map((member) -> new State.Membership(member.team(), member.role()))
								.toList(),
							(object != null) ? object.connection() : null, (object != null) ? object.object() : null,
							stored.writtenAt())));
	}

	/**
	 * Tells a team's last write.
	 * @param change that it was; null where it is to be taken from its bytes
	 */
	void team(StoredTeam stored, @Nullable Change change) {
		Team team = stored.team();
		Pending pending = stored.pending();
		if (pending == null) {
			return;
		}
		if (pending.change() != null) {
			String key = team.organization() + ":" + team.id();
			this.changes.add(new Message(Topics.CHANGES, null, key, team.id() + ":" + team.version(),
					EventTypes.nameOf(Change.TeamChanged.class), pending.at(), pending.run(), pending.change()));
			state(stored);
			count(pending, (change != null) ? change
					: EventFormat.json().readValue(pending.change(), Change.TeamChanged.class));
			Container source = team.source();
			if (source != null && source.kind() == ContainerKind.MANAGER && team.connection() != null) {
				// The team itself says whether its reports are in it, and what it is
				// called.
				container(new Group(team.organization(), team.connection(), pending.run()), source.kind(),
						source.object());
			}
		}
		staged(team, pending.run(), (revision) -> revision == team.revision());
	}

	/** Tells again what was staged before and waits: it is to be judged again. */
	void stagedBefore(Team team, @Nullable RunId run) {
		staged(team, run, (revision) -> revision <= team.revision());
	}

	/** Tells a team's state as it is. */
	void state(StoredTeam stored) {
		Team team = stored.team();
		Container source = team.source();
		this.changes.add(Message.of(Topics.TEAMS, "state:" + team.id() + ":" + team.version(), stored.writtenAt(),
				new State.TeamState(team.organization(), team.id(), team.version(), team.status(), team.name(),
						team.connection(), (source != null) ? new State.Source(source.kind(), source.object()) : null,
						stored.writtenAt())));
	}

	/** Tells what a write of facts makes others do. */
	void facts(Facts facts, StoredFacts.Says says) {
		ObjectKey key = facts.key();
		ContainerKind kind = Container.of(facts.kind());
		if (says.changed() && kind != null) {
			container(new Group(facts.organization(), key.connection(), says.run()), kind, key.object());
		}
		SourceId source = says.source();
		if (says.wanted() != null && source != null) {
			this.requests.add(message(Topics.HINTS, null, new Hint.ObjectWanted(source, key.connection(), key.object(),
					facts.kind(), says.wanted(), null, this.now)));
		}
	}

	/** Tells which containers were not there when somebody in them was decided. */
	void missed(Work.OfObject object, List<Container> containers) {
		Group group = new Group(object.organization(), object.key().connection(), object.run());
		containers.forEach((container) -> container(group, container.kind(), container.object()));
	}

	private void container(Group group, ContainerKind kind, ObjectId object) {
		this.containers.computeIfAbsent(group, (none) -> new LinkedHashSet<>())
			.add(new Progress.ContainersChanged.Container(kind, object));
	}

	/** Tells that the state of an account is to be published again a minute from now. */
	void writerChanged(OrganizationId organization, ObjectKey object) {
		this.coordination
			.add(progress(new Progress.WriterChanged(organization, object.connection(), object.object(), this.now)));
	}

	/** Asks for decisions, as addresses or names are free or wanted now. */
	void decisions(Map<ObjectKey, OrganizationId> objects, Observation.DecisionsRequested.Why why, Outbound outbound) {
		Map<String, Map<Integer, List<ObjectKey>>> byConnection = new LinkedHashMap<>();
		objects.keySet()
			.forEach((object) -> byConnection.computeIfAbsent(object.connection().value(), (c) -> new TreeMap<>())
				.computeIfAbsent(outbound.partitionOf(object), (partition) -> new ArrayList<>())
				.add(object));
		byConnection.values().forEach((partitions) -> partitions.forEach((partition, keys) -> {
			ObjectKey first = keys.getFirst();
			pieces(keys,
					(piece) -> this.requests.add(message(Topics.OBSERVATIONS, partition,
							new Observation.DecisionsRequested(Objects.requireNonNull(objects.get(first)),
									first.connection(), partition, null, why,
									piece.stream().map(ObjectKey::object).toList()))));
		}));
	}

	/** Has a place that a person gave follow its team. */
	void place(Account placed, Team team) {
		if (team.status() != State.Status.ACTIVE) {
			placeEnds(placed.key(), placed.organization(), placed.id(), team.id());
			return;
		}
		placed.memberships()
			.stream()
			.filter((member) -> member.byHand() && member.team().equals(team.id()))
			.forEach((member) -> this.requests.add(message(Topics.OBSERVATIONS, null,
					new Observation.PlaceGiven(placed.organization(), placed.key().connection(), placed.key().object(),
							placed.id(), team.id(), member.role(), null, this.now))));
	}

	/** Takes a place that a person gave, as its team is gone. */
	void placeEnds(ObjectKey key, OrganizationId organization, AccountId account, TeamId team) {
		this.requests.add(message(Topics.OBSERVATIONS, null, new Observation.PlaceGiven(organization, key.connection(),
				key.object(), account, team, null, null, this.now)));
	}

	/** Tells which records of runs were applied, and which ends were reached. */
	void records(List<Batch.Entry> entries) {
		for (Batch.Entry entry : entries) {
			if (entry.observation() instanceof Observation.OfPartition record && record.run() != null) {
				applied(entry, record.run());
			}
			if (entry.observation() instanceof Observation.RunMarker marker) {
				this.coordination.add(progress(new Progress.PhaseEndReached(marker.organization(), marker.connection(),
						marker.id(), marker.mode(), marker.phase(), entry.topic(), entry.origin().partition(),
						marker.records(), marker.startedAt())));
			}
		}
	}

	private void applied(Batch.Entry entry, RunPart part) {
		RunRecords key = new RunRecords(entry.observation().organization(), entry.observation().connection(),
				entry.topic(), entry.origin().topic(), entry.origin().partition(),
				new RunPart(part.id(), part.mode(), part.phase(), 0, part.startedAt()));
		this.applied.computeIfAbsent(key, (none) -> new Applied()).numbers.set(part.number());
	}

	private void count(Pending pending, Change change) {
		for (Map.Entry<RunRecords, Applied> entry : this.applied.entrySet()) {
			RunRecords records = entry.getKey();
			if (records.part.id().equals(pending.run()) && records.topicId.equals(pending.cause().topic())
					&& records.partition == pending.cause().partition()) {
				entry.getValue().changed = entry.getValue().changed.plus(Tally.of(change));
				return;
			}
		}
	}

	private void staged(Account account, ObjectKey object, @Nullable RunId run, LongPredicate revisions) {
		List<Progress.Staged.Entry> entries = new ArrayList<>(0);
		Account.Leaving leaving = account.staged().leaving();
		String id = account.id().value();
		if (leaving != null && leaving.state() == Account.Leaving.State.GUARDED) {
			entries.add(new Progress.Staged.Entry(object.object(), id, GuardedKind.ACCOUNTS, null, account.name(),
					leaving.reason(), leaving.revision()));
		}
		account.staged()
			.removals()
			.forEach((removal) -> entries
				.add(new Progress.Staged.Entry(object.object(), id, GuardedKind.MEMBERSHIPS, removal.team().value(),
						account.name(), Reason.of(Reason.Code.NO_MEMBER_IN_DIRECTORY), removal.revision())));
		Account.Address address = account.staged().address();
		if (address != null && !address.released()) {
			entries.add(new Progress.Staged.Entry(object.object(), id, GuardedKind.ADDRESSES, null, account.name(),
					Reason.of(Reason.Code.CHANGED_IN_DIRECTORY, "email", address.email()), address.revision()));
		}
		staged(new Group(account.organization(), object.connection(), run), entries, revisions);
	}

	private void staged(Team team, @Nullable RunId run, LongPredicate revisions) {
		Team.Archival archival = team.staged();
		Container source = team.source();
		ConnectionId connection = team.connection();
		if (archival != null && source != null && connection != null) {
			staged(new Group(team.organization(), connection, run), List.of(new Progress.Staged.Entry(source.object(),
					team.id().value(), GuardedKind.TEAMS, null, team.name(), archival.reason(), archival.revision())),
					revisions);
		}
	}

	private void staged(Group group, List<Progress.Staged.Entry> entries, LongPredicate revisions) {
		entries.stream()
			.filter((entry) -> revisions.test(entry.revision()))
			.forEach((entry) -> this.staged.computeIfAbsent(group, (none) -> new ArrayList<>()).add(entry));
	}

	private Message progress(Progress event) {
		return message(Topics.PROGRESS, null, event);
	}

	/** Its id says what it says, and of which record it came. */
	private Message message(String topic, @Nullable Integer partition, Event event) {
		byte[] value = EventFormat.value(event);
		String id = this.id + ":" + UUID.nameUUIDFromBytes(value);
		return new Message(topic, partition, event.key(), id, EventTypes.nameOf(event.getClass()), this.now, null,
				value);
	}

	private static <T> void pieces(List<T> items, Consumer<List<T>> then) {
		for (int from = 0; from < items.size(); from += MOST_ITEMS) {
			then.accept(items.subList(from, Math.min(items.size(), from + MOST_ITEMS)));
		}
	}

	private record Group(OrganizationId organization, ConnectionId connection, @Nullable RunId run) {
	}

	private record RunRecords(OrganizationId organization, ConnectionId connection, String topic, String topicId,
			int partition, RunPart part) {
	}

	/** Records of a run's phase on a topic partition, and what they changed. */
	private static final class Applied {

		private final BitSet numbers = new BitSet();

		private Tally changed = Tally.NONE;

	}

}
