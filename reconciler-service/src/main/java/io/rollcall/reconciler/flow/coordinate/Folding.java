package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.rollcall.model.RunId;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Coordinations.Told;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.HeldSet;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.Waiting;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Folds what was told, in order, into a connection's documents, some events at once.
 * First what stands beside them (entries, containers) is stored, then the runs, then
 * people are told, and the connection's own document is stored last: what was cut off is
 * folded again, and counted once, as every document knows up to where it is.
 */
final class Folding {

	/** At most so many events at once. */
	static final int MOST = 500;

	private static final Duration RESTATE_AFTER = Duration.ofMinutes(1);

	private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(1);

	private final Owned owned;

	private final Coordination coordination;

	private final Instant now;

	private final Set<Run> changed = new LinkedHashSet<>();

	private final Set<Run> counted = new LinkedHashSet<>();

	private final List<Waiting> entries = new ArrayList<>();

	private final Map<@Nullable RunId, Set<String>> containers = new LinkedHashMap<>();

	private final List<Runnable> tellings = new ArrayList<>();

	private Folding(Owned owned) {
		this.owned = owned;
		this.coordination = owned.coordination;
		this.now = owned.now();
	}

	/** Folds the next events; whether there were any. */
	static boolean next(Owned owned) {
		List<Told> told = owned.ports.coordinations().next(owned.connection(), MOST);
		if (told.isEmpty()) {
			return false;
		}
		Folding folding = new Folding(owned);
		for (Told event : told) {
			if (event.position().isAfter(owned.coordination.upTo)) {
				folding.fold(event);
				owned.coordination.upTo = event.position();
			}
		}
		folding.store();
		owned.ports.coordinations().forget(told);
		return true;
	}

	private void fold(Told told) {
		Position at = told.position();
		switch (told.event()) {
			case null -> lost(at);
			case Progress.ConnectionChanged changed -> changed(changed, at);
			case Progress.ReadingStarted started -> started(started, at);
			case Progress.ReadingProgressed progressed ->
				count(progressed.run(), at, (run) -> run.read = progressed.read());
			case Progress.ReadingEnded ended -> count(ended.run(), at, (run) -> ended(run, ended));
			case Progress.RecordsApplied applied -> count(applied.run(), at, (run) -> run.applied(applied.phase(),
					applied.topic(), applied.partition(), applied.from(), applied.to(), applied.changed()));
			case Progress.PhaseEndReached reached -> count(reached.run(), at,
					(run) -> run.reached(reached.phase(), reached.topic(), reached.partition(), reached.records()));
			case Progress.Staged staged -> staged(staged);
			case Progress.ContainersChanged changed -> changed(changed);
			case Progress.WriterChanged changed -> {
				Instant due = this.now.plus(RESTATE_AFTER);
				this.owned.ports.toDecide()
					.add(changed.connection(), ToDecide.RESTATES, List.of(ToDecide.restate(changed.object(), due)));
				if (this.coordination.restateAt == null) {
					this.coordination.restateAt = due;
				}
			}
			case Progress.SettingAside aside -> setAside(aside);
			case Progress.RulesChanged changed -> {
				this.owned.ports.connections().setRules(changed.connection(), changed.version());
				this.tellings.add(() -> tellRules(changed.at()));
				if (this.coordination.active()) {
					String cause = "rules:" + changed.version();
					this.owned.begin(cause, RunMode.RULES, RunTrigger.RULES, changed.by(), null, false);
					previewed(this.owned.run(this.owned.runOf(cause)), changed.preview());
				}
			}
			case Progress.RepairRequested wanted -> {
				if (this.coordination.active()) {
					this.owned.begin("repair:" + wanted.preview(), RunMode.RULES, RunTrigger.MANUAL, wanted.by(), null,
							false);
				}
			}
			case Progress.HeldSetJudged judged -> judged(judged, at);
		}
	}

	/** Who leaves in this run was shown before. */
	private void previewed(@Nullable Run run, @Nullable String preview) {
		if (run != null && preview != null) {
			run.preview = preview;
			this.changed.add(run);
		}
	}

	private void changed(Progress.ConnectionChanged changed, Position at) {
		if (!this.coordination.isNews(changed.at())) {
			return;
		}
		boolean before = this.coordination.active();
		// Stored first: whatever apply meets from now on it decides, and what it met
		// before is decided by the run.
		this.owned.ports.connections().store(changed);
		if (this.coordination.standing == null) {
			this.tellings.add(() -> tellRules(changed.at()));
			if (changed.status() == ConnectionStatus.ACTIVE) {
				// Known before, to a database that is gone.
				this.tellings.add(() -> this.owned.resync("resync:" + at));
			}
		}
		this.coordination.standing = new Coordination.Standing(changed.source(), changed.status(), changed.at());
		if (this.coordination.active() && !before) {
			this.owned.begin("active:" + at, RunMode.RULES, RunTrigger.ACTIVATION, null, null, false);
		}
		else if (before && !this.coordination.active()) {
			abandon((run) -> run.phase == RunPhase.DECIDE && run.head.mode() == RunMode.RULES,
					new Problem(Problem.Code.STOPPED, Map.of(), false));
		}
	}

	/** The connector learns what the rules that hold need. */
	private void tellRules(Instant at) {
		Connection connection = this.owned.ports.connections().find(this.owned.connection());
		Rules rules = (connection != null) ? connection.rules() : Rules.standard();
		RulesPublished published = new RulesPublished(this.coordination.organization, this.owned.connection(),
				rules.version(), rules.userAttributes(), rules.groupAttributes(), at);
		this.owned.publish(Topics.RULES, "rules:" + rules.version(), published);
	}

	private void started(Progress.ReadingStarted started, Position at) {
		Run known = this.owned.find(started.run());
		if (known != null && at.isAfter(known.upTo)) {
			// The connector was not sure of having told it.
			return;
		}
		if (known == null) {
			// The connector reads one run at a time, and people import one file at a
			// time:
			// another one has been given up.
			// Where records were lost, the markers of others may be among them.
			boolean resync = started.trigger() == RunTrigger.RESYNC;
			String cause = "resync:" + started.run();
			RunId decides = this.owned.runOf(cause);
			boolean imports = started.mode() == RunMode.IMPORT;
			abandon((run) -> (resync
					|| run.phase == RunPhase.READ && !run.sent && imports == (run.head.mode() == RunMode.IMPORT))
					&& run.isCutOffWithItsRecords() && !run.id().equals(decides),
					new Problem(Problem.Code.OWNER_CHANGED, Map.of(), false));
			if (resync && this.coordination.active()) {
				// Whoever is staged still, and was let go or not heard of, is told of
				// again.
				this.owned.begin(cause, RunMode.RULES, RunTrigger.RESYNC, null, null, false);
			}
			known = new Run(new Run.Head(started.organization(), started.connection(), started.run(), started.mode(),
					started.trigger(), started.by(), started.startedAt(), started.at(), null, false), at);
			known.told = true;
			this.owned.add(known);
			this.changed.add(known);
		}
		Run run = known;
		this.tellings.add(() -> this.owned.tellStart(run));
	}

	private static void ended(Run run, Progress.ReadingEnded ended) {
		run.read = ended.read();
		if (run.phase == RunPhase.READ && !run.abandoned) {
			run.listed = ended.listed();
			run.sent(ended.topics());
			run.abandoned = ended.abandoned() != null;
			run.problem = ended.abandoned();
		}
	}

	private void staged(Progress.Staged staged) {
		// What a run staged is judged with it, unless that was done before.
		Run run = this.owned.run(staged.run());
		RunId by = (run != null && run.phase != RunPhase.RELEASE) ? run.id() : null;
		staged.entries().forEach((entry) -> this.entries.add(new Waiting(this.coordination.nextEntry(), by, entry)));
		if (by == null) {
			this.coordination.staged(this.now);
		}
	}

	private void changed(Progress.ContainersChanged changed) {
		Run run = this.owned.run(changed.run());
		RunId by = (run != null && run.phase == RunPhase.READ) ? run.id() : null;
		Set<String> codes = this.containers.computeIfAbsent(by, (_) -> new LinkedHashSet<>());
		changed.containers().forEach((one) -> codes.add(new Container(one.kind(), one.object()).code()));
		if (by == null && this.coordination.containersSince == null) {
			this.coordination.containersSince = this.now;
		}
	}

	private void setAside(Progress.SettingAside aside) {
		if (new SettingAside(this.owned).begin(aside)) {
			this.tellings
				.add(() -> this.owned.tell("aside:" + aside.at(), new RunEvent.ConnectionSetAside(aside.organization(),
						aside.connection(), aside.problem(), aside.at())));
		}
		abandon(Run::isCutOffWithItsRecords, aside.problem());
	}

	private void judged(Progress.HeldSetJudged judged, Position at) {
		StagedEntries staged = this.owned.ports.entries();
		HeldSet set = staged.find(judged.connection(), judged.hash());
		HeldSet.Status status = judged.approved() ? HeldSet.Status.APPROVED : HeldSet.Status.REJECTED;
		if (set == null
				|| !staged.judge(judged.connection(), judged.hash(), status, judged.only(), judged.by(), judged.at())) {
			return;
		}
		if (judged.approved()) {
			this.owned.begin("release:" + judged.hash() + ":" + at, RunMode.RELEASE, RunTrigger.MANUAL, judged.by(),
					judged.hash(), false);
		}
		this.tellings.add(() -> {
			if (!judged.approved()) {
				staged.reject(judged.connection(), judged.hash(), judged.at());
			}
			this.owned.tell("held:" + judged.hash() + ":closed:" + at.offset(),
					new RunEvent.HeldSetClosed(judged.organization(), judged.connection(), judged.hash(), set.kind(),
							judged.approved(), judged.by(), judged.at()));
		});
	}

	/**
	 * What was told of this connection before is gone: no run can be trusted to end, and
	 * whoever was staged was not heard of. All is read again, and everybody decided.
	 */
	private void lost(Position at) {
		Problem problem = new Problem(Problem.Code.RECORDS_LOST, Map.of("topic", Topics.PROGRESS), false);
		abandon(Run::isCutOffWithItsRecords, problem);
		this.tellings.add(() -> {
			this.owned.tell("lost:" + at, new RunEvent.RecordsLost(this.coordination.organization,
					this.owned.connection(), problem, this.now));
			this.owned.resync("resync:" + at);
		});
	}

	private void abandon(Predicate<Run> which, Problem why) {
		this.owned.runs().stream().filter(which).forEach((run) -> {
			run.cutOff(why);
			this.changed.add(run);
		});
	}

	private void count(RunId id, Position at, Consumer<Run> change) {
		Run run = this.owned.run(id);
		if (run != null && at.isAfter(run.upTo)) {
			change.accept(run);
			run.upTo = at;
			this.changed.add(run);
			this.counted.add(run);
		}
	}

	private void store() {
		this.owned.ports.entries().add(this.owned.connection(), this.entries);
		this.containers.forEach((run, containers) -> this.owned.ports.toDecide()
			.add(this.owned.connection(), (run != null) ? ToDecide.containersOf(run) : ToDecide.CONTAINERS,
					containers));
		this.counted.forEach(this::tellProgress);
		this.changed.forEach(this.owned::save);
		this.tellings.forEach(Runnable::run);
		this.owned.save();
	}

	private void tellProgress(Run run) {
		Instant last = run.progressTold;
		if (run.told && (last == null || !this.now.isBefore(last.plus(BETWEEN_PROGRESS)))) {
			run.progressTold = this.now;
			this.tellings
				.add(() -> this.owned.tell(run.id() + ":progressed:" + run.upTo.offset(), new RunEvent.RunProgressed(
						run.head.organization(), run.head.connection(), run.id(), run.read, run.changed, this.now)));
		}
	}

}
