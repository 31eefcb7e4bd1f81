package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress.ContainersChanged.Container;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.coordinate.Coordination.Verdict;
import io.rollcall.reconciler.flow.coordinate.HeldSets.HeldSet;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * Does what a connection's documents say is due: a piece of each open run, then what no
 * run does. Each act follows from what is stored and can be done again.
 */
final class Acting {

	/** Up to so many people are asked for without a run. */
	static final int FEW = 100;

	private static final int CONTAINERS = 100;

	private static final int MEMBERS = 2_000;

	private final Owned owned;

	private final Sending sending;

	private final Judging judging;

	Acting(Owned owned) {
		this.owned = owned;
		this.sending = new Sending(owned);
		this.judging = new Judging(owned);
	}

	/** Whether anything was done: then there may be more. */
	boolean act() {
		// First evaluations: one that was cut off gives its run all containers before the
		// run goes on.
		boolean did = judgeWhatNoRunStaged() | evaluate();
		for (Run listed : this.owned.runs()) {
			Run run = this.owned.run(listed.id());
			did |= run != null && step(run);
			// A long run must not keep a leaver waiting.
			did |= judgeWhatNoRunStaged();
		}
		return did | restate() | probe();
	}

	private boolean step(Run run) {
		if (run.work().abandoned() && run.closed()) {
			end(run);
			return true;
		}
		if (run.closed()) {
			advance(run);
			return true;
		}
		if (run.work().sent() || this.owned.coordination().passedOver() && !run.head().silent()) {
			return false;
		}
		if (run.work().abandoned()) {
			this.sending.close(run);
			return true;
		}
		return switch (run.work().phase()) {
			case READ -> false;
			case SWEEP -> sweep(run);
			case DECIDE -> decide(run);
			case RELEASE -> release(run);
		};
	}

	private void advance(Run run) {
		switch (run.work().phase()) {
			case READ -> go(run, (run.head().mode() == RunMode.FULL) ? RunPhase.SWEEP : RunPhase.DECIDE);
			case SWEEP -> go(run, RunPhase.DECIDE);
			case DECIDE -> go(run, RunPhase.RELEASE);
			case RELEASE -> end(run);
		}
	}

	private void go(Run run, RunPhase next) {
		this.owned.change(run.id(), (stored) -> stored.with(stored.work().next(next)));
	}

	/** What a FULL run did not see, but not where something that it read is missing. */
	private boolean sweep(Run run) {
		List<Integer> missing = IntStream.range(0, Topics.PARTITIONS)
			.filter((partition) -> !run.readWhole(partition))
			.boxed()
			.toList();
		if (!missing.isEmpty() && run.work().problem() == null) {
			String partitions = missing.stream().map(String::valueOf).collect(Collectors.joining(", "));
			Problem problem = new Problem(Problem.Code.RECORDS_MISSING, Map.of("partitions", partitions), false);
			this.owned.change(run.id(), (stored) -> stored.with(stored.work().problem(problem)));
		}
		Directory.Slice slice = this.owned.ports.directory()
			.unseen(this.owned.connection(), run.counts().listed(), run.head().startedAt(), run.work().cursor());
		List<ObjectId> unseen = slice.objects()
			.stream()
			.filter((object) -> run
				.readWhole(this.owned.ports.publications().partitionOf(this.owned.connection(), object)))
			.toList();
		closeAtTheEnd(this.sending.unseen(current(run), unseen, slice.next()));
		return true;
	}

	private boolean decide(Run run) {
		if (run.head().mode() == RunMode.RULES || run.head().silent()) {
			Directory.Slice slice = this.owned.ports.directory()
				.everybody(this.owned.connection(), run.work().cursor());
			String next = run.head().silent() ? null : slice.next();
			closeAtTheEnd(this.sending.decisions(run, Why.RULES, slice.objects(), next));
			return true;
		}
		ConnectionId connection = this.owned.connection();
		List<Container> some = this.owned.ports.containers().next(connection, run.id(), CONTAINERS);
		if (!some.isEmpty() && this.owned.coordination().active()) {
			Directory.Slice members = this.owned.ports.directory()
				.members(connection, some, run.work().cursor(), MEMBERS);
			this.sending.decisions(run, Why.CONTAINER, members.objects(), members.next());
			if (members.next() != null) {
				return true;
			}
		}
		this.owned.ports.containers().forget(connection, run.id(), some);
		if (some.size() < CONTAINERS) {
			this.sending.close(current(run));
		}
		return true;
	}

	private boolean release(Run run) {
		String set = run.head().set();
		if (set != null) {
			return this.owned.coordination().active() && releaseApproved(run, set);
		}
		if (!this.owned.coordination().active()) {
			this.sending.close(run);
			return true;
		}
		if (run.work().cursor() == null) {
			judge(run);
		}
		List<Verdict> verdicts = this.owned.coordination().verdictsOf(run.id());
		for (Verdict verdict : verdicts) {
			List<Waiting> page = releasable(verdict, run.work().cursor());
			if (!page.isEmpty()) {
				this.sending.releases(current(run), page, kind(verdict) + page.getLast().number());
				return true;
			}
		}
		this.sending.close(current(run));
		forget(verdicts, run.id());
		return true;
	}

	private void judge(Run run) {
		if (this.owned.coordination().verdictsOf(run.id()).isEmpty()) {
			this.judging.judge(run.id());
		}
		List<Verdict> held = this.owned.coordination().verdictsOf(run.id()).stream().filter(Verdict::held).toList();
		held.forEach(this.judging::hold);
		long count = held.stream().mapToLong(Verdict::count).sum();
		this.owned.change(run.id(), (stored) -> stored.with(stored.work().held(count)));
	}

	/**
	 * The next of what may go. The cursor is the kind and the last entry that went: kinds
	 * go in their order.
	 */
	private List<Waiting> releasable(Verdict verdict, @Nullable String cursor) {
		String kind = kind(verdict);
		if (verdict.held() || cursor != null && kind.compareTo(cursor.substring(0, kind.length())) < 0) {
			return List.of();
		}
		String after = (cursor != null && cursor.startsWith(kind)) ? cursor.substring(kind.length()) : null;
		return this.owned.ports.entries()
			.unjudged(this.owned.connection(), verdict.run(), verdict.kind(), after, verdict.upTo(), Judging.PAGE);
	}

	private static String kind(Verdict verdict) {
		return verdict.kind().ordinal() + ":";
	}

	private boolean releaseApproved(Run run, String hash) {
		ConnectionId connection = this.owned.connection();
		HeldSet set = this.owned.ports.heldSets().find(connection, hash);
		if (set != null && run.work().cursor() == null) {
			this.judging.holdOthers(set);
		}
		List<Waiting> page = this.owned.ports.entries().held(connection, hash, run.work().cursor(), Judging.PAGE);
		String next = (page.size() == Judging.PAGE) ? page.getLast().number() : null;
		closeAtTheEnd(this.sending.releases(run, page, next));
		return true;
	}

	private void forget(List<Verdict> carriedOut, @Nullable RunId run) {
		carriedOut.stream()
			.filter((verdict) -> !verdict.held())
			.forEach((verdict) -> this.owned.ports.entries()
				.forget(this.owned.connection(), run, verdict.kind(), verdict.upTo()));
		this.owned.save(this.owned.coordination().carriedOut(run));
	}

	private void closeAtTheEnd(Run run) {
		if (run.work().cursor() == null) {
			this.sending.close(run);
		}
	}

	private void end(Run run) {
		ConnectionId connection = this.owned.connection();
		Instant now = this.owned.now();
		if (!run.work().abandoned()) {
			forget(this.owned.coordination().verdictsOf(run.id()), run.id());
		}
		String set = run.head().set();
		if (set != null && run.work().abandoned()) {
			this.judging.holdAgain(run, set);
		}
		else if (set != null) {
			this.owned.ports.entries().forget(connection, set);
		}
		Coordination of = this.owned.coordination().carriedOut(run.id());
		if (this.owned.ports.entries().leave(connection, run.id()) > 0) {
			of = of.staged(0, true, now);
		}
		List<Container> left = this.owned.ports.containers().next(connection, run.id(), Integer.MAX_VALUE);
		if (!left.isEmpty()) {
			this.owned.ports.containers().add(connection, null, left);
			this.owned.ports.containers().forget(connection, run.id(), left);
			of = of.containersSince(now);
		}
		this.owned.save(of);
		if (run.head().silent()) {
			probed(run);
		}
		if (run.head().mode() == RunMode.FULL && !run.work().abandoned()) {
			this.judging.closeWhatIsOver(run.id());
			tellTakenBack(run);
		}
		if (run.work().told()) {
			tellEnd(run, now);
			this.owned.change(run.id(), (stored) -> stored.with(stored.work().ended(now)));
		}
		else {
			this.owned.remove(run);
		}
	}

	private void tellEnd(Run run, Instant now) {
		Run.Head head = run.head();
		this.owned.tell(run.id() + ":ended",
				new RunEvent.RunEnded(head.organization(), head.connection(), run.id(), head.mode(), head.trigger(),
						head.by(), run.work().abandoned() ? RunEvent.Outcome.ABANDONED : RunEvent.Outcome.COMPLETED,
						run.counts().read(), run.counts().changed(), run.work().held(), run.counts().about(),
						run.work().problem(), head.at(), now));
	}

	private boolean judgeWhatNoRunStaged() {
		Coordination of = this.owned.coordination();
		if (!of.active()) {
			return false;
		}
		if (of.verdictsOf(null).isEmpty()) {
			Instant at = of.judgeAt();
			if (at == null || this.owned.now().isBefore(at)) {
				return false;
			}
			this.judging.judge(null);
		}
		List<Verdict> verdicts = this.owned.coordination().verdictsOf(null);
		for (Verdict verdict : verdicts) {
			if (verdict.held()) {
				this.judging.hold(verdict);
			}
			else {
				releaseAlone(verdict);
			}
		}
		forget(verdicts, null);
		return true;
	}

	private void releaseAlone(Verdict verdict) {
		String after = null;
		List<Waiting> page;
		do {
			page = this.owned.ports.entries()
				.unjudged(this.owned.connection(), null, verdict.kind(), after, verdict.upTo(), Judging.PAGE);
			this.sending.releases(page);
			after = page.isEmpty() ? after : page.getLast().number();
		}
		while (page.size() == Judging.PAGE);
	}

	/** Containers that changed: few members are asked for at once, many by a run. */
	private boolean evaluate() {
		Coordination of = this.owned.coordination();
		Instant since = of.containersSince();
		if (since == null || this.owned.now().isBefore(since.plus(Coordination.COLLECTING))) {
			return false;
		}
		ConnectionId connection = of.connection();
		List<Container> some = this.owned.ports.containers().next(connection, null, Judging.PAGE);
		// Becoming active decides everybody, and so does the FULL run after a taking
		// back.
		if (of.active() && !of.passedOver() && !some.isEmpty()) {
			List<ObjectId> members = this.owned.ports.directory().members(connection, some, null, FEW + 1).objects();
			if (members.size() <= FEW) {
				this.sending.decisions(Why.CONTAINER, members);
			}
			else {
				String cause = "evaluation:" + since;
				// The containers first: a run that finds none is over.
				this.owned.ports.containers().add(connection, this.owned.runOf(cause), some);
				begin(cause, RunMode.EVALUATION, RunTrigger.CONTAINER, false);
			}
		}
		this.owned.ports.containers().forget(connection, null, some);
		// Others have a run of their own.
		this.owned.save(of.containersSince((some.size() == Judging.PAGE) ? since.plusMillis(1) : null));
		return true;
	}

	private Run begin(String cause, RunMode mode, RunTrigger trigger, boolean silent) {
		Coordination of = this.owned.coordination();
		Run.Head head = new Run.Head(of.organization(), of.connection(), this.owned.runOf(cause), mode, trigger, null,
				Stamp.NONE, this.owned.now(), null, silent);
		Run open = this.owned.run(head.id());
		return (open != null) ? open : this.owned.save(Run.begin(head, of.upTo()));
	}

	private boolean restate() {
		Coordination of = this.owned.coordination();
		if (of.restateAt() == null || this.owned.now().isBefore(of.restateAt())) {
			return false;
		}
		Restates.Due due = this.owned.ports.restates().due(of.connection(), this.owned.now(), Judging.PAGE);
		this.sending.decisions(Why.RESTATE, due.objects());
		this.owned.ports.restates().forget(of.connection(), due.objects());
		this.owned.save(of.restateAt(due.next()));
		return true;
	}

	/** Tries whether a connection that is passed over can be applied again. */
	private boolean probe() {
		Coordination of = this.owned.coordination();
		Coordination.SetAside aside = of.setAside();
		if (aside == null || aside.probeAt() == null || this.owned.now().isBefore(aside.probeAt())) {
			return false;
		}
		Run run = begin("probe:" + aside.probeAt(), RunMode.EVALUATION, RunTrigger.CONTAINER, true);
		this.owned.ports.connections().passOver(of.connection(), false);
		this.owned.save(
				of.setAside(new Coordination.SetAside(aside.since(), null, run.id(), aside.pause(), aside.problem())));
		return true;
	}

	/** The probe was applied: what was passed over is read again. Or it was cut off. */
	private void probed(Run probe) {
		Coordination of = this.owned.coordination();
		Coordination.SetAside aside = of.setAside();
		if (aside == null || !probe.id().equals(aside.probe())) {
			return;
		}
		Instant now = this.owned.now();
		if (probe.work().abandoned()) {
			this.owned.save(of.setAside(new Coordination.SetAside(aside.since(), now.plus(aside.pause()), null,
					aside.pause(), aside.problem())));
			return;
		}
		if (of.source() != null) {
			this.owned.hint(probe.id() + ":resync", new Hint.ResyncRequested(of.source(), of.connection(), now));
		}
		new ArrayList<>(this.owned.runs()).stream()
			.filter((run) -> run.isCutOffWithItsRecords() && !run.id().equals(probe.id()))
			.forEach((run) -> this.owned.change(run.id(),
					(stored) -> stored.with(stored.work().cutOff(aside.problem()))));
		// Whoever was let go meanwhile is staged still, and is told of again.
		if (of.active()) {
			begin("taken-back:" + probe.id(), RunMode.RULES, RunTrigger.RESYNC, false);
		}
		this.owned
			.save(of.setAside(new Coordination.SetAside(aside.since(), null, null, aside.pause(), aside.problem())));
	}

	/** All of it was read and applied since it was taken back: now that is believed. */
	private void tellTakenBack(Run full) {
		Coordination of = this.owned.coordination();
		if (of.setAside() != null && !of.passedOver()) {
			this.owned.tell(full.id() + ":taken-back",
					new RunEvent.ConnectionTakenBack(of.organization(), of.connection(), this.owned.now()));
			this.owned.save(of.setAside(null));
		}
	}

	private Run current(Run run) {
		Run stored = this.owned.run(run.id());
		return (stored != null) ? stored : run;
	}

}
