package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.Waiting;

/**
 * Does what a connection's documents say is due: a piece of each open run, and what no
 * run does. Each act follows from what is stored and can be done again.
 */
final class Acting {

	/** Up to so many people are asked for without a run. */
	static final int FEW = 100;

	private final Owned owned;

	private final Sending sending;

	private final Judging judging;

	private final SettingAside settingAside;

	private final Nested nested;

	private final RunSteps steps;

	Acting(Owned owned) {
		this.owned = owned;
		this.sending = new Sending(owned);
		this.judging = new Judging(owned);
		this.settingAside = new SettingAside(owned);
		this.nested = new Nested(owned);
		this.steps = new RunSteps(owned, this.sending, this.judging, this.settingAside, this.nested);
	}

	/** Whether anything was done: then there may be more. */
	boolean act() {
		// First evaluations: one that was cut off gives its run all containers before the
		// run goes on.
		boolean did = judgeWhatNoRunStaged() | evaluate();
		for (Run run : this.owned.runs()) {
			did |= this.steps.step(run);
			// A long run must not keep a leaver waiting.
			did |= judgeWhatNoRunStaged();
		}
		return did | restate() | this.settingAside.probe();
	}

	private boolean judgeWhatNoRunStaged() {
		Coordination of = this.owned.coordination;
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
		this.judging.hold(null);
		List<Waiting> page = this.judging.next(null, null);
		while (!page.isEmpty()) {
			this.sending.releases(null, page, null);
			page = this.judging.next(null, page.getLast().number());
		}
		this.judging.carriedOut(null);
		return true;
	}

	/** Containers that changed: few members are asked for at once, many by a run. */
	private boolean evaluate() {
		Coordination of = this.owned.coordination;
		Instant since = of.containersSince;
		if (since == null || this.owned.now().isBefore(since.plus(Coordination.COLLECTING))) {
			return false;
		}
		ConnectionId connection = of.connection;
		ToDecide containers = this.owned.ports.toDecide();
		List<String> changed = containers.next(connection, ToDecide.CONTAINERS, Judging.PAGE);
		List<String> some = this.nested.follow(ToDecide.CONTAINERS, changed);
		// Becoming active decides everybody, and so does the FULL run after a taking
		// back.
		if (of.active() && !of.passedOver() && !some.isEmpty()) {
			List<ObjectId> members = this.owned.ports.directory().members(connection, some, null, FEW + 1).objects();
			if (members.size() <= FEW) {
				this.sending.decisions(null, Why.CONTAINER, members, null);
			}
			else {
				String cause = "evaluation:" + since;
				// The containers first: a run that finds none is over.
				containers.add(connection, ToDecide.containersOf(this.owned.runOf(cause)), some);
				this.owned.begin(cause, RunMode.EVALUATION, RunTrigger.CONTAINER, null, null, false);
			}
		}
		containers.forget(connection, ToDecide.CONTAINERS, some);
		// Others have a run of their own.
		of.containersSince = (changed.size() == Judging.PAGE) ? since.plusMillis(1) : null;
		this.owned.save();
		return true;
	}

	private boolean restate() {
		Coordination of = this.owned.coordination;
		Instant now = this.owned.now();
		if (of.restateAt == null || now.isBefore(of.restateAt)) {
			return false;
		}
		List<String> waiting = this.owned.ports.toDecide().next(of.connection, ToDecide.RESTATES, Judging.PAGE + 1);
		List<String> due = waiting.stream()
			.limit(Judging.PAGE)
			.filter((item) -> !ToDecide.dueAt(item).isAfter(now))
			.toList();
		this.sending.decisions(null, Why.RESTATE, due.stream().map(ToDecide::objectOf).distinct().toList(), null);
		this.owned.ports.toDecide().forget(of.connection, ToDecide.RESTATES, due);
		of.restateAt = (due.size() < waiting.size()) ? ToDecide.dueAt(waiting.get(due.size())) : null;
		this.owned.save();
		return true;
	}

}
