package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.progress.Progress.ContainersChanged.Container;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.HeldSets.HeldSet;
import io.rollcall.reconciler.flow.coordinate.ProgressEvents.Told;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.Waiting;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Folds what was told, in order, into a connection's documents. First what stands beside
 * them (entries, containers), then the runs, then what people are told, and the
 * connection's own document last: what was cut off is folded again, and counted once, as
 * every document knows up to where it is.
 */
final class Folding {

	/** At most so many events a turn. */
	static final int MOST = 500;

	private static final Duration RESTATE_AFTER = Duration.ofMinutes(1);

	private static final Duration FIRST_PROBE = Duration.ofMinutes(5);

	private static final Duration LAST_PROBE = Duration.ofHours(1);

	private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(1);

	private final Owned owned;

	private final Map<RunId, Instant> progressTold = new HashMap<>();

	Folding(Owned owned) {
		this.owned = owned;
	}

	/** Folds the next events; whether there were any. */
	boolean fold() {
		List<Told> told = this.owned.ports.events().next(this.owned.connection(), MOST);
		if (told.isEmpty()) {
			return false;
		}
		Turn turn = new Turn();
		for (Told event : told) {
			if (event.position().isAfter(turn.coordination.upTo())) {
				turn.fold(event);
				turn.coordination = turn.coordination.upTo(event.position());
			}
		}
		turn.store();
		this.owned.ports.events().forget(told);
		return true;
	}

	/** Events that are folded and stored together. */
	private final class Turn {

		private final Map<RunId, Run> runs = new LinkedHashMap<>();

		private final Set<RunId> counted = new LinkedHashSet<>();

		private final List<Waiting> entries = new ArrayList<>();

		private final Map<@Nullable RunId, Set<Container>> containers = new LinkedHashMap<>();

		private final List<Runnable> tellings = new ArrayList<>();

		private Coordination coordination = Folding.this.owned.coordination();

		private Turn() {
			Folding.this.owned.runs().forEach((run) -> this.runs.put(run.id(), run));
		}

		private void fold(Told told) {
			Instant now = Folding.this.owned.now();
			switch (told.event()) {
				case null -> lost(told);
				case Progress.ConnectionChanged changed -> changed(changed, told.position());
				case Progress.ReadingStarted started -> started(started, told.position());
				case Progress.ReadingProgressed progressed -> count(progressed.run(), told.position(),
						(run) -> run.with(run.counts().read(progressed.read(), List.of())));
				case Progress.ReadingEnded ended -> count(ended.run(), told.position(), (run) -> ended(run, ended));
				case Progress.RecordsApplied applied ->
					count(applied.run(), told.position(), (run) -> run.applied(applied.phase(), applied.topic(),
							applied.partition(), applied.from(), applied.to(), applied.changed()));
				case Progress.PhaseEndReached reached -> count(reached.run(), told.position(),
						(run) -> run.reached(reached.phase(), reached.topic(), reached.partition(), reached.records()));
				case Progress.Staged staged -> staged(staged, now);
				case Progress.ContainersChanged changed -> changed(changed, now);
				case Progress.WriterChanged changed -> {
					Instant at = now.plus(RESTATE_AFTER);
					Folding.this.owned.ports.restates().add(changed.connection(), changed.object(), at);
					if (this.coordination.restateAt() == null) {
						this.coordination = this.coordination.restateAt(at);
					}
				}
				case Progress.SettingAside aside -> setAside(aside, now);
				case Progress.RulesChanged changed -> {
					Folding.this.owned.ports.connections().setRules(changed.connection(), changed.version());
					this.tellings.add(() -> tellRules(changed.at()));
					if (this.coordination.active()) {
						begin(head("rules:" + changed.version(), RunMode.RULES, RunTrigger.RULES, changed.by(), null,
								now), told.position());
					}
				}
				case Progress.HeldSetJudged judged -> judged(judged, told.position(), now);
			}
		}

		private void changed(Progress.ConnectionChanged changed, Position at) {
			if (!this.coordination.isNews(changed.at())) {
				return;
			}
			boolean before = this.coordination.active();
			// Stored first: whatever apply meets from now on it decides, and what it met
			// before is decided by the run.
			Folding.this.owned.ports.connections().store(changed);
			if (this.coordination.source() == null) {
				this.tellings.add(() -> tellRules(changed.at()));
				if (changed.status() == ConnectionStatus.ACTIVE) {
					// Known before, to a database that is gone.
					this.tellings.add(() -> Folding.this.owned.hint("resync:" + at.topic() + ":" + at.offset(),
							new Hint.ResyncRequested(changed.source(), changed.connection(),
									Folding.this.owned.now())));
				}
			}
			this.coordination = this.coordination
				.standing(new Coordination.Standing(changed.source(), changed.status(), changed.at()));
			if (changed.status() == ConnectionStatus.ACTIVE && !before) {
				begin(head("active:" + at.topic() + ":" + at.offset(), RunMode.RULES, RunTrigger.ACTIVATION, null, null,
						Folding.this.owned.now()), at);
			}
			else if (before && changed.status() != ConnectionStatus.ACTIVE) {
				abandon((run) -> run.work().phase() == RunPhase.DECIDE && run.head().mode() == RunMode.RULES,
						new Problem(Problem.Code.STOPPED, Map.of(), false));
			}
		}

		/** The connector learns what the rules that hold need. */
		private void tellRules(Instant at) {
			Owned owned = Folding.this.owned;
			Connection connection = owned.ports.connections().find(owned.connection());
			Rules rules = (connection != null) ? connection.rules() : Rules.standard();
			owned.ports.publications()
				.events(Topics.RULES,
						List.of(owned.envelope("rules:" + rules.version(),
								new RulesPublished(owned.coordination().organization(), owned.connection(),
										rules.version(), rules.userAttributes(), rules.groupAttributes(), at))));
		}

		private void started(Progress.ReadingStarted started, Position at) {
			Run known = find(started.run());
			if (known != null && at.isAfter(known.upTo())) {
				// The connector was not sure of having told it.
				return;
			}
			if (known == null) {
				// The connector reads one run at a time: another one has been given up.
				// Where records were lost, the markers of others may be among them.
				boolean resync = started.trigger() == RunTrigger.RESYNC;
				abandon((run) -> (resync || run.work().phase() == RunPhase.READ && !run.work().sent())
						&& run.isCutOffWithItsRecords(), new Problem(Problem.Code.OWNER_CHANGED, Map.of(), false));
				Run run = Run
					.begin(new Run.Head(started.organization(), started.connection(), started.run(), started.mode(),
							started.trigger(), started.by(), started.startedAt(), started.at(), null, false), at);
				this.runs.put(run.id(), run.with(run.work().begun()));
				if (resync) {
					decideAll("resync:" + run.id(), at, started.at());
				}
			}
			this.tellings.add(() -> Folding.this.owned.tell(started.run() + ":started",
					new RunEvent.RunStarted(started.organization(), started.connection(), started.run(), started.mode(),
							started.trigger(), started.by(), started.at())));
		}

		private static Run ended(Run run, Progress.ReadingEnded ended) {
			Run counted = run.with(run.counts().read(ended.read(), ended.listed()));
			Run.Work work = counted.work().sent(ended.topics());
			return counted.with((ended.abandoned() != null) ? work.abandoned(ended.abandoned()) : work);
		}

		private void staged(Progress.Staged staged, Instant now) {
			// What a run staged is judged with it, unless that was done before.
			Run run = (staged.run() != null) ? this.runs.get(staged.run()) : null;
			RunId by = (run != null && run.open() && run.work().phase() != RunPhase.RELEASE) ? run.id() : null;
			long number = this.coordination.entries();
			for (Progress.Staged.Entry entry : staged.entries()) {
				this.entries.add(new Waiting("%016d".formatted(++number), by, entry));
			}
			this.coordination = this.coordination.staged(staged.entries().size(), by == null, now);
		}

		private void changed(Progress.ContainersChanged changed, Instant now) {
			Run run = (changed.run() != null) ? this.runs.get(changed.run()) : null;
			RunId by = (run != null && run.work().phase() == RunPhase.READ) ? run.id() : null;
			this.containers.computeIfAbsent(by, (run1) -> new LinkedHashSet<>()).addAll(changed.containers());
			if (by == null && this.coordination.containersSince() == null) {
				this.coordination = this.coordination.containersSince(now);
			}
		}

		private void setAside(Progress.SettingAside aside, Instant now) {
			Coordination.SetAside before = this.coordination.setAside();
			Folding.this.owned.ports.connections().passOver(aside.connection(), true);
			Duration pause = (before == null) ? FIRST_PROBE
					: (before.probeAt() != null) ? before.pause() : shorter(before.pause().multipliedBy(2), LAST_PROBE);
			Instant since = (before != null) ? before.since() : aside.at();
			this.coordination = this.coordination.setAside(new Coordination.SetAside(since,
					(before != null && before.probeAt() != null) ? before.probeAt() : now.plus(pause), null, pause,
					aside.problem()));
			// Their records are passed over, with their markers.
			this.runs.replaceAll((id, run) -> run.isCutOffWithItsRecords()
					? run.with(run.work().sent(List.of()).abandoned(aside.problem())) : run);
			if (before == null) {
				this.tellings.add(() -> Folding.this.owned.tell("aside:" + since, new RunEvent.ConnectionSetAside(
						aside.organization(), aside.connection(), aside.problem(), since)));
			}
		}

		private void judged(Progress.HeldSetJudged judged, Position at, Instant now) {
			HeldSets sets = Folding.this.owned.ports.heldSets();
			HeldSet set = sets.find(judged.connection(), judged.hash());
			if (set == null) {
				return;
			}
			HeldSet.Status status = judged.approved() ? HeldSet.Status.APPROVED : HeldSet.Status.REJECTED;
			if (!sets.judge(judged.connection(), judged.hash(), status, judged.only(), judged.by(), judged.at())) {
				return;
			}
			if (judged.approved()) {
				begin(head("release:" + judged.hash() + ":" + at.topic() + ":" + at.offset(), RunMode.RELEASE,
						RunTrigger.MANUAL, judged.by(), judged.hash(), now), at);
			}
			this.tellings.add(() -> {
				if (!judged.approved()) {
					Folding.this.owned.ports.entries().reject(judged.connection(), judged.hash(), judged.at());
				}
				Folding.this.owned.tell("held:" + judged.hash() + ":closed:" + at.offset(),
						new RunEvent.HeldSetClosed(judged.organization(), judged.connection(), judged.hash(),
								set.kind(), judged.approved(), judged.by(), judged.at()));
			});
		}

		/**
		 * What was told of this connection before is gone: no run can be trusted to end,
		 * and whoever was staged was not heard of. All is read again.
		 */
		private void lost(Told told) {
			Problem problem = new Problem(Problem.Code.RECORDS_LOST, Map.of("topic", Topics.PROGRESS), false);
			abandon(Run::isCutOffWithItsRecords, problem);
			Coordination of = this.coordination;
			String id = told.position().topic() + ":" + told.position().offset();
			Instant now = Folding.this.owned.now();
			decideAll("lost:" + id, told.position(), now);
			this.tellings.add(() -> {
				Folding.this.owned.tell("lost:" + id,
						new RunEvent.RecordsLost(of.organization(), of.connection(), problem, now));
				if (of.source() != null) {
					Folding.this.owned.hint("resync:" + id,
							new Hint.ResyncRequested(of.source(), of.connection(), now));
				}
			});
		}

		private void abandon(Predicate<Run> which, Problem why) {
			this.runs.replaceAll((id, run) -> which.test(run) ? run.with(run.work().cutOff(why)) : run);
		}

		/** Whoever is staged still, and was let go or not heard of, is told of again. */
		private void decideAll(String cause, Position at, Instant now) {
			if (this.coordination.active()) {
				begin(head(cause, RunMode.RULES, RunTrigger.RESYNC, null, null, now), at);
			}
		}

		private void begin(Run.Head head, Position at) {
			if (find(head.id()) == null) {
				this.runs.put(head.id(), Run.begin(head, at));
			}
		}

		private @Nullable Run find(RunId id) {
			Run open = this.runs.get(id);
			return (open != null) ? open : Folding.this.owned.ports.runs().find(Folding.this.owned.connection(), id);
		}

		private Run.Head head(String cause, RunMode mode, RunTrigger trigger, @Nullable String by, @Nullable String set,
				Instant at) {
			return new Run.Head(this.coordination.organization(), this.coordination.connection(),
					Folding.this.owned.runOf(cause), mode, trigger, by, Stamp.NONE, at, set, false);
		}

		private void count(RunId id, Position at, UnaryOperator<Run> change) {
			Run run = this.runs.get(id);
			if (run != null && at.isAfter(run.upTo())) {
				this.runs.put(id, change.apply(run).at(at));
				this.counted.add(id);
			}
		}

		private void store() {
			Owned owned = Folding.this.owned;
			owned.ports.entries().add(owned.connection(), this.entries);
			this.containers.forEach(this::keep);
			this.runs.values().forEach(owned::save);
			this.counted.forEach(this::tellProgress);
			this.tellings.forEach(Runnable::run);
			owned.save(this.coordination);
		}

		/**
		 * While a run reads, a container that nobody is in yet needs no evaluation:
		 * whoever comes into it later is decided with what is known of it now.
		 */
		private void keep(@Nullable RunId run, Set<Container> changed) {
			Owned owned = Folding.this.owned;
			List<Container> kept = (run != null) ? owned.ports.directory().withMembers(owned.connection(), changed)
					: List.copyOf(changed);
			owned.ports.containers().add(owned.connection(), run, kept);
		}

		private void tellProgress(RunId id) {
			Owned owned = Folding.this.owned;
			Run run = owned.run(id);
			Instant now = owned.now();
			Instant last = Folding.this.progressTold.get(id);
			if (run != null && run.work().told() && (last == null || !now.isBefore(last.plus(BETWEEN_PROGRESS)))) {
				Folding.this.progressTold.put(id, now);
				owned.tell(id + ":progressed:" + run.upTo().offset(),
						new RunEvent.RunProgressed(run.head().organization(), run.head().connection(), id,
								run.counts().read(), run.counts().changed(), now));
			}
		}

	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
