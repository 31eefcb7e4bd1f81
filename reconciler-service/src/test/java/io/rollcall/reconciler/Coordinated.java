package io.rollcall.reconciler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;

/** What connector and apply tell of one connection. */
final class Coordinated {

	static final Stamp START = new Stamp(Sequence.of(100, 7), 0);

	final OrganizationId organization;

	final ConnectionId connection;

	private final RunningReconciler reconciler;

	Coordinated(RunningReconciler reconciler, String tenant) {
		this.reconciler = reconciler;
		this.organization = new OrganizationId("org-" + tenant);
		this.connection = new ConnectionId("con-" + tenant);
	}

	Coordinated through(RunningReconciler other) {
		return new Coordinated(other, this.connection.value().substring("con-".length()));
	}

	void status(ConnectionStatus status) {
		tell(new Progress.ConnectionChanged(this.organization, this.connection, new SourceId("global/tenant/app"),
				status, "Contoso", Instant.now()));
	}

	RunId begins(String run, RunMode mode) {
		RunId id = new RunId(run + "-" + this.connection);
		tell(new Progress.ReadingStarted(this.organization, this.connection, id, mode, RunTrigger.SCHEDULE, null, START,
				Instant.now()));
		return id;
	}

	/** Records and markers of a FULL run on some partitions of the snapshots topic. */
	void applied(RunId run, int from, int to) {
		for (int partition = from; partition < to; partition++) {
			tell(new Progress.RecordsApplied(this.organization, this.connection, run, RunMode.FULL, RunPhase.READ,
					Topics.SNAPSHOTS, partition, 1, 2, new Tally(Map.of(Tally.Kind.ACCOUNT_CREATED, 5L),
							Map.of(Tally.Kind.ACCOUNT_CREATED, List.of("Ada")))));
			tell(new Progress.PhaseEndReached(this.organization, this.connection, run, RunMode.FULL, RunPhase.READ,
					Topics.SNAPSHOTS, partition, 2, START));
		}
	}

	void ends(RunId run) {
		tell(new Progress.ReadingEnded(this.organization, this.connection, run, new ReadCounts(60, 1, 0, 0, 60, 0, 3),
				List.of(ObjectKind.USER, ObjectKind.GROUP), List.of(Topics.SNAPSHOTS), null, Instant.now()));
	}

	void reached(RunId run, RunMode mode, RunPhase phase, int records) {
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			tell(new Progress.PhaseEndReached(this.organization, this.connection, run, mode, phase, Topics.SNAPSHOTS,
					partition, records, Stamp.NONE));
		}
	}

	/** That many leavers at once. */
	void leavers(int count) {
		List<Progress.Staged.Entry> entries = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			entries.add(new Progress.Staged.Entry(new ObjectId("u" + i), "a" + i, GuardedKind.ACCOUNTS, null,
					"User " + i, Reason.of(Reason.Code.DELETED), 3));
		}
		tell(new Progress.Staged(this.organization, this.connection, null, entries));
	}

	void tell(Progress event) {
		this.reconciler.publish(Topics.PROGRESS, event);
	}

}
