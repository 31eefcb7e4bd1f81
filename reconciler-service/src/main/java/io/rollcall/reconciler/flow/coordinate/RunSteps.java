package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.HeldSet;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.Waiting;

/**
 * Brings a run on by a piece: what was read, then a sweep, evaluations and what the guard
 * lets go, each closed by markers, and its end.
 */
final class RunSteps {

	private static final int CONTAINERS = 100;

	private static final int MEMBERS = 2_000;

	private final Owned owned;

	private final Sending sending;

	private final Judging judging;

	private final SettingAside settingAside;

	private final Nested nested;

	private final HiddenMembers hidden;

	RunSteps(Owned owned, Sending sending, Judging judging, SettingAside settingAside, Nested nested) {
		this.owned = owned;
		this.sending = sending;
		this.judging = judging;
		this.settingAside = settingAside;
		this.nested = nested;
		this.hidden = new HiddenMembers(owned);
	}

	/** Whether anything was done: then there may be more. */
	boolean step(Run run) {
		if (run.closed()) {
			if (run.abandoned || run.phase == RunPhase.RELEASE) {
				end(run);
			}
			else {
				advance(run);
			}
			return true;
		}
		if (run.sent || this.owned.coordination.passedOver() && !run.head.silent()) {
			return false;
		}
		if (run.abandoned) {
			this.sending.close(run);
			return true;
		}
		return switch (run.phase) {
			case READ -> false;
			case SWEEP -> sweep(run);
			case DECIDE -> decide(run);
			case RELEASE -> release(run);
		};
	}

	private void advance(Run run) {
		RunPhase next = switch (run.phase) {
			case READ -> (run.head.mode() == RunMode.FULL) ? RunPhase.SWEEP : RunPhase.DECIDE;
			case SWEEP -> RunPhase.DECIDE;
			case DECIDE, RELEASE -> RunPhase.RELEASE;
		};
		if (next == RunPhase.DECIDE) {
			followNested(run);
		}
		run.go(next);
		this.owned.save(run);
	}

	/** All that was read is applied. */
	private void followNested(Run run) {
		String queue = ToDecide.containersOf(run.id());
		if (run.head.mode() == RunMode.FULL) {
			this.nested.followAll(queue);
			this.hidden.follow(run);
		}
		else {
			this.nested.follow(queue,
					this.owned.ports.toDecide().next(this.owned.connection(), queue, Integer.MAX_VALUE));
		}
	}

	/** What a FULL run did not see, but not where something that it read is missing. */
	private boolean sweep(Run run) {
		String missing = IntStream.range(0, Topics.PARTITIONS)
			.filter((partition) -> !run.readWhole(partition))
			.mapToObj(String::valueOf)
			.collect(Collectors.joining(", "));
		if (!missing.isEmpty()) {
			run.problem = new Problem(Problem.Code.RECORDS_MISSING, Map.of("partitions", missing), false);
		}
		Directory.Slice slice = this.owned.ports.directory()
			.unseen(this.owned.connection(), run.listed, run.head.startedAt(), run.cursor);
		List<ObjectId> unseen = slice.objects()
			.stream()
			.filter((object) -> run.readWhole(this.owned.partitionOf(object)))
			.toList();
		this.sending.unseen(run, unseen, slice.next());
		return closeAtTheEnd(run);
	}

	private boolean decide(Run run) {
		ConnectionId connection = this.owned.connection();
		if (run.head.mode() == RunMode.RULES || run.head.silent()) {
			if (run.cursor == null) {
				this.nested.prepare();
				this.hidden.store();
			}
			Directory.Slice slice = this.owned.ports.directory().everybody(connection, run.cursor);
			this.sending.decisions(run, Why.RULES, slice.objects(), run.head.silent() ? null : slice.next());
			return closeAtTheEnd(run);
		}
		if (run.head.mode() == RunMode.IMPORT) {
			Directory.Slice slice = this.owned.ports.directory()
				.waiting(run.head.organization(), connection, run.cursor);
			this.sending.decisions(run, Why.RULES, slice.objects(), slice.next());
			return closeAtTheEnd(run);
		}
		String queue = ToDecide.containersOf(run.id());
		List<String> some = this.owned.ports.toDecide().next(connection, queue, CONTAINERS);
		if (!some.isEmpty() && this.owned.coordination.active()) {
			Directory.Slice members = this.owned.ports.directory().members(connection, some, run.cursor, MEMBERS);
			this.sending.decisions(run, Why.CONTAINER, members.objects(), members.next());
			if (members.next() != null) {
				return true;
			}
		}
		this.owned.ports.toDecide().forget(connection, queue, some);
		if (some.size() < CONTAINERS) {
			this.sending.close(run);
		}
		return true;
	}

	private boolean release(Run run) {
		String set = run.head.set();
		boolean active = this.owned.coordination.active();
		if (set != null) {
			return active && releaseApproved(run, set);
		}
		List<Waiting> page = active ? judged(run) : List.of();
		if (!page.isEmpty()) {
			this.sending.releases(run, page, page.getLast().number());
			return true;
		}
		this.sending.close(run);
		if (active) {
			this.judging.carriedOut(run.id());
		}
		return true;
	}

	private List<Waiting> judged(Run run) {
		if (run.cursor == null) {
			if (this.owned.coordination.verdictsOf(run.id()).isEmpty()) {
				this.judging.judge(run.id());
			}
			run.held = this.judging.hold(run.id());
			this.owned.save(run);
		}
		return this.judging.next(run.id(), run.cursor);
	}

	private boolean releaseApproved(Run run, String hash) {
		StagedEntries entries = this.owned.ports.entries();
		HeldSet set = entries.find(this.owned.connection(), hash);
		if (set != null && run.cursor == null) {
			this.judging.holdOthers(set);
		}
		List<Waiting> page = entries.held(this.owned.connection(), hash, run.cursor, Judging.PAGE);
		this.sending.releases(run, page, (page.size() == Judging.PAGE) ? page.getLast().number() : null);
		return closeAtTheEnd(run);
	}

	private boolean closeAtTheEnd(Run run) {
		if (run.cursor == null) {
			this.sending.close(run);
		}
		return true;
	}

	private void end(Run run) {
		ConnectionId connection = this.owned.connection();
		Coordination of = this.owned.coordination;
		Instant now = this.owned.now();
		String set = run.head.set();
		if (set != null && run.abandoned) {
			this.judging.holdAgain(run, set);
		}
		else if (set != null) {
			this.owned.ports.entries().forget(connection, set);
		}
		if (!run.abandoned) {
			this.judging.carriedOut(run.id());
		}
		of.carriedOut(run.id());
		if (this.owned.ports.entries().leave(connection, run.id()) > 0) {
			of.staged(now);
		}
		String queue = ToDecide.containersOf(run.id());
		List<String> left = this.owned.ports.toDecide().next(connection, queue, Integer.MAX_VALUE);
		if (!left.isEmpty()) {
			this.owned.ports.toDecide().add(connection, ToDecide.CONTAINERS, left);
			this.owned.ports.toDecide().forget(connection, queue, left);
			of.containersSince = now;
		}
		this.owned.save();
		if (run.head.silent()) {
			this.settingAside.probed(run);
		}
		if (run.head.mode() == RunMode.FULL && !run.abandoned) {
			this.judging.closeWhatIsOver(run.id());
			this.settingAside.tellTakenBack(run);
		}
		if (run.told) {
			tellEnd(run, now);
			run.endedAt = now;
			this.owned.save(run);
		}
		else {
			this.owned.remove(run);
		}
	}

	private void tellEnd(Run run, Instant now) {
		Run.Head head = run.head;
		this.owned.tell(run.id() + ":ended",
				new RunEvent.RunEnded(head.organization(), head.connection(), run.id(), head.mode(), head.trigger(),
						head.by(), run.abandoned ? RunEvent.Outcome.ABANDONED : RunEvent.Outcome.COMPLETED, run.read,
						run.changed, run.held, run.about, run.problem, head.at(), now));
	}

}
