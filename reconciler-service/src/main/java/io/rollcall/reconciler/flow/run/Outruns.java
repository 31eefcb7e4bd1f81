package io.rollcall.reconciler.flow.run;

import io.rollcall.reconciler.flow.Outrun;

/** Two drivers of one run at once: the record is delivered again and looks again. */
final class Outruns {

	private Outruns() {
	}

	static Outrun of(RunState run) {
		return new Outrun(
				"run " + run.run() + " of connection " + run.connection() + " was moved on by another record");
	}

}
