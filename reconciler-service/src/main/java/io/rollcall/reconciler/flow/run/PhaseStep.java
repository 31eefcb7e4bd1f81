package io.rollcall.reconciler.flow.run;

import reactor.core.publisher.Mono;

/** The work of one phase. Taken again after a crash, it ends the same. */
interface PhaseStep {

	/** Does the phase's work, or a chunk of it. */
	Mono<Next> take(RunState run);

	/** How a run goes on. */
	sealed interface Next {

		/** Another phase, at once. */
		record Enter(RunState from, RunWork to) implements Next {
		}

		/**
		 * Another phase, at once, of a run for which this one had nothing to do: that is
		 * found again after a crash and need not be stored.
		 */
		record Pass(RunWork to) implements Next {
		}

		/** The next chunk, with a record of its own, so that others get their turn. */
		record Continue(RunState from, RunWork to) implements Next {
		}

		/** Nothing until a record comes. */
		record Wait() implements Next {
		}

	}

}
