package io.rollcall.reconciler.flow.view;

import java.time.Instant;

import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.reconciler.flow.run.RunState;
import io.rollcall.reconciler.flow.run.RunWork;
import org.jspecify.annotations.Nullable;

/**
 * A run, as people look at it.
 *
 * @param phase how far it is; {@code COMPLETED} in the end
 * @param read what the connector read
 * @param applied what its decisions did, until now or in the end
 * @param held how much of what it staged waits for a person
 * @param note what a person should know about it
 */
public record RunView(String organization, String connection, String run, String mode, String trigger, String phase,
		ReadCounts read, ApplyCounts applied, long held, @Nullable String note, @Nullable Instant completedAt) {

	/**
	 * A run as it can be shown.
	 * @param applied what its decisions did until now
	 */
	public static RunView of(RunState run, ApplyCounts applied) {
		RunWork work = run.work();
		RunWork.Completed completed = work.completed();
		return new RunView(run.organization().value(), run.connection().value(), run.run().value(), run.mode().name(),
				run.trigger().name(), work.phase().name(), run.read(),
				(completed != null) ? completed.applied() : applied, work.held(), work.note(),
				(completed != null) ? completed.at() : null);
	}

}
