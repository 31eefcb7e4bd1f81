package io.rollcall.reconciler.flow.run;

import java.util.Map;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;

/**
 * A run as the reconciler knows it.
 *
 * @param startedAt the stamp the run started with
 * @param marks what is known of each phase's markers
 * @param read what the connector read, as its markers say
 * @param work how far the reconciler is
 */
public record RunState(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode,
		RunTrigger trigger, Stamp startedAt, Map<RunMarker.Phase, Marks> marks, ReadCounts read, RunWork work) {

	public RunState {
		marks = Map.copyOf(marks);
	}

	/** The same run, further on. */
	RunState with(RunWork further) {
		return new RunState(this.organization, this.connection, this.run, this.mode, this.trigger, this.startedAt,
				this.marks, this.read, further);
	}

	/** Whether every partition that a phase names has its marker recorded. */
	public boolean marked(RunMarker.Phase phase) {
		Marks of = this.marks.get(phase);
		return of != null && of.seen().containsAll(of.partitions());
	}

	/** A bulk run's changes never become single alerts. */
	public boolean bulk() {
		return this.mode != RunMode.DELTA;
	}

	/**
	 * The markers of one phase.
	 *
	 * @param partitions those that will have one
	 * @param seen those of which it is recorded
	 */
	public record Marks(Set<Integer> partitions, Set<Integer> seen) {

		public Marks {
			partitions = Set.copyOf(partitions);
			seen = Set.copyOf(seen);
		}

	}

}
