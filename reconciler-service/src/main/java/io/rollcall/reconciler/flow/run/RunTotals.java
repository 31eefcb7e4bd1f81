package io.rollcall.reconciler.flow.run;

import io.rollcall.model.run.ApplyCounts;

/** What a run did in the end: what its decisions did, and what the guard held of them. */
final class RunTotals {

	private RunTotals() {
	}

	static ApplyCounts of(RunState run, long held) {
		return run.applied().plus(new ApplyCounts(0, 0, 0, 0, held, 0, 0, 0));
	}

}
