package io.rollcall.reconciler.flow.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.AccountsImported.Imported;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunMode;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.FactsMerge;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.Said;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a batch, in the order of their first record, with what is asked of them.
 */
final class Work {

	private final Map<ObjectKey, OfObject> objects = new LinkedHashMap<>();

	private final List<Import> imports = new ArrayList<>();

	private final Instant now;

	/** Merges a batch into the facts that are stored. */
	Work(Collection<Batch.Entry> entries, Map<ObjectKey, StoredFacts> stored, Instant now) {
		this.now = now;
		entries.forEach((entry) -> take(entry, stored));
	}

	/** The objects that records are about. */
	static Set<ObjectKey> keysOf(Collection<Batch.Entry> entries) {
		Set<ObjectKey> keys = new LinkedHashSet<>();
		for (Batch.Entry entry : entries) {
			ConnectionId connection = entry.observation().connection();
			objectsOf(entry.observation()).forEach((object) -> keys.add(new ObjectKey(connection, object)));
		}
		return keys;
	}

	private static List<ObjectId> objectsOf(Observation observation) {
		return switch (observation) {
			case Observation.CellsObserved observed -> observed.cells().stream().map(Cell::object).toList();
			case Observation.ObjectsUnseen unseen -> unseen.objects();
			case Observation.DecisionsRequested requested -> requested.objects();
			case StagedReleased released -> released.entries().stream().map(StagedReleased.Entry::object).toList();
			case Observation.IgnoreRequested ignore -> List.of(ignore.object());
			case Observation.RemovalAnswered answered -> List.of(answered.object());
			case Observation.MatchSettled settled -> List.of(settled.object());
			case Observation.PlaceGiven given -> List.of(given.object());
			case Observation.RoleGiven given -> List.of(given.object());
			case Observation.TeamShaped shaped -> List.of(new ObjectId(shaped.team().value()));
			case Observation.AccountsImported _, Observation.RunMarker _ -> List.of();
		};
	}

	Collection<OfObject> objects() {
		return this.objects.values();
	}

	/** Accounts that are to be there, whatever the directory has. */
	List<Import> imports() {
		return this.imports;
	}

	@Nullable OfObject find(ObjectKey key) {
		return this.objects.get(key);
	}

	private void take(Batch.Entry entry, Map<ObjectKey, StoredFacts> stored) {
		switch (entry.observation()) {
			case Observation.CellsObserved observed -> observed.cells().forEach((cell) -> {
				OfObject object = object(entry, cell.object(), observed.run(), stored);
				object.source = observed.source();
				object.merge.take(cell, observed.stamp(cell), observed.selection(), observed.run());
				object.listed |= observed.run() != null && observed.run().mode() == RunMode.FULL;
			});
			case Observation.ObjectsUnseen unseen -> unseen.objects()
				.forEach(
						(object) -> object(entry, object, unseen.run(), stored).merge.unseen(unseen.run().startedAt()));
			case Observation.DecisionsRequested requested -> requested.objects().forEach((id) -> {
				OfObject object = object(entry, id, requested.run(), stored);
				object.restate |= requested.why() == Observation.DecisionsRequested.Why.RESTATE;
				object.judgedAgain |= requested.why() == Observation.DecisionsRequested.Why.RULES;
			});
			case StagedReleased released -> released.entries().forEach((staged) -> {
				OfObject object = object(entry, staged.object(), released.run(), stored);
				object.released.add(staged);
				object.by = released.by();
			});
			case Observation.IgnoreRequested ignore -> obey(entry, object(entry, ignore.object(), null, stored),
					ignore.by(), (said) -> said.ignored(ignore.ignored()));
			case Observation.RemovalAnswered answered ->
				obey(entry, object(entry, answered.object(), null, stored), answered.by(), (said) -> said.answer(
						new Said.Answer(answered.account(), answered.revision(), answered.removed(), answered.at())));
			case Observation.MatchSettled settled -> obey(entry, object(entry, settled.object(), null, stored),
					settled.by(), (said) -> said.match(new Said.Match(settled.how(), settled.account())));
			case Observation.PlaceGiven given -> act(entry, given.object(), given.by(), stored);
			case Observation.RoleGiven given -> act(entry, given.object(), given.by(), stored);
			case Observation.TeamShaped shaped -> act(entry, new ObjectId(shaped.team().value()), shaped.by(), stored);
			case Observation.AccountsImported imported -> this.imports.add(new Import(imported.organization(),
					imported.connection(), entry.origin(), imported.run().id(), imported.by(), imported.accounts()));
			case Observation.RunMarker _ -> {
			}
		}
	}

	/** What a person's act makes of an account or a team is stored there. */
	private void act(Batch.Entry entry, ObjectId id, @Nullable String by, Map<ObjectKey, StoredFacts> stored) {
		OfObject object = object(entry, id, null, stored);
		object.acts.add(entry);
		object.by = by;
	}

	/** Each command is obeyed once, also when an older one comes again. */
	private static void obey(Batch.Entry entry, OfObject object, String by, UnaryOperator<Said> word) {
		if (object.command == null || !entry.origin().isUpTo(object.command)) {
			object.command = entry.origin();
			object.by = by;
			object.merge.said(word.apply(object.facts().said()));
		}
	}

	private OfObject object(Batch.Entry entry, ObjectId object, @Nullable RunPart run,
			Map<ObjectKey, StoredFacts> stored) {
		ObjectKey key = new ObjectKey(entry.observation().connection(), object);
		OfObject known = this.objects.get(key);
		if (known == null) {
			known = new OfObject(entry, key, stored.get(key), (run != null) ? run.id() : null, this.now);
			this.objects.put(key, known);
		}
		return known;
	}

	/** Accounts that a person imports. */
	record Import(OrganizationId organization, ConnectionId connection, Origin cause, RunId run, String by,
			List<Imported> accounts) implements Writer {
	}

	/** One object. */
	static final class OfObject implements Writer {

		private final ObjectKey key;

		private final OrganizationId organization;

		private final Origin cause;

		private final @Nullable RunId run;

		private final @Nullable StoredFacts stored;

		private final Facts before;

		private final FactsMerge merge;

		private final List<StagedReleased.Entry> released = new ArrayList<>(0);

		private final List<Batch.Entry> acts = new ArrayList<>(0);

		private @Nullable SourceId source;

		private boolean restate;

		private boolean judgedAgain;

		private boolean listed;

		private @Nullable String by;

		private @Nullable Origin command;

		private @Nullable Rules rules;

		private Decision decision = new Decision.Nothing();

		private OfObject(Batch.Entry first, ObjectKey key, @Nullable StoredFacts stored, @Nullable RunId run,
				Instant now) {
			this.key = key;
			this.organization = first.observation().organization();
			this.cause = first.origin();
			this.run = run;
			this.stored = stored;
			this.command = (stored != null) ? stored.command() : null;
			this.before = (stored != null) ? stored.facts() : Facts.unknown(this.organization, key, ObjectKind.OTHER);
			this.merge = new FactsMerge(this.before, now);
		}

		ObjectKey key() {
			return this.key;
		}

		OrganizationId organization() {
			return this.organization;
		}

		/** Null where the object stands for an account or a team that has none. */
		@Override
		public @Nullable ConnectionId connection() {
			return this.key.connection().isNone() ? null : this.key.connection();
		}

		@Override
		public Origin cause() {
			return this.cause;
		}

		@Override
		public @Nullable RunId run() {
			return this.run;
		}

		@Override
		public @Nullable String by() {
			return this.by;
		}

		Facts facts() {
			return this.merge.facts();
		}

		/**
		 * What rules say about it, when all of the batch is merged; said once, unless
		 * containers have a word in it.
		 */
		Decision decision(Rules by, Containers containers) {
			if (this.rules != by || by.scope().hasContainers()) {
				this.decision = Decision.of(by, facts(), containers);
				this.rules = by;
			}
			return this.decision;
		}

		/** The account that a person named, as the user's or not. */
		Optional<AccountId> settled() {
			return Optional.ofNullable(facts().said().match()).map(Said.Match::account);
		}

		Facts before() {
			return this.before;
		}

		List<StagedReleased.Entry> released() {
			return this.released;
		}

		/** What people asked for that is done to accounts and teams, in order. */
		List<Batch.Entry> acts() {
			return this.acts;
		}

		boolean isRestated() {
			return this.restate;
		}

		/**
		 * Whether what waits for the guard is told again: a release may have been dropped
		 * while the connection rested.
		 */
		boolean isJudgedAgain() {
			return this.judgedAgain;
		}

		/**
		 * Whether a FULL run lists it: what that sees of containers first is told to
		 * nobody, so that it says which of its own were not there yet.
		 */
		boolean isListed() {
			return this.listed;
		}

		/** What the last write had to tell. */
		StoredFacts.@Nullable Says said() {
			return (this.stored != null) ? this.stored.says() : null;
		}

		/** What there is to tell now. */
		StoredFacts.@Nullable Says says() {
			ObjectKind kind = facts().kind();
			boolean changed = this.merge.isContainerChanged()
					&& (kind == ObjectKind.GROUP || kind == ObjectKind.ADMINISTRATIVE_UNIT);
			Hint.ObjectWanted.Why wanted = this.merge.wanted();
			return (changed || wanted != null)
					? new StoredFacts.Says(this.cause, this.run, changed, wanted, this.source) : null;
		}

		/** What is to be written; null when nothing is. */
		DirectoryObjects.@Nullable Write write() {
			Facts next = facts();
			boolean same = this.before.saysTheSame(next)
					&& (this.stored == null || Objects.equals(this.stored.command(), this.command));
			if (same && this.stored != null) {
				return this.before.equals(next) ? null
						: new DirectoryObjects.Write(new StoredFacts(next, this.command, null), true);
			}
			if (this.stored == null && this.command == null && this.before.equals(next)) {
				return null;
			}
			return new DirectoryObjects.Write(
					new StoredFacts(next.withRevision(this.before.revision() + 1), this.command, says()), false);
		}

	}

}
