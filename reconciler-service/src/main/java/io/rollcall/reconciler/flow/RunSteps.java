package io.rollcall.reconciler.flow;

import io.rollcall.model.directory.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The end of a run: markers, sweep, guard, release. Each step is persisted and can be
 * entered again.
 */
public interface RunSteps {

	/**
	 * Applies a record about a run ({@code RunMarker}, {@code RunContinued},
	 * {@code HeldSetJudged}), after everything before it on its partition was applied.
	 */
	Mono<Void> apply(Observation record, int partition);

	/** Why a record can never be applied; null when it can. */
	default @Nullable String whatIsWrong(Observation record) {
		return null;
	}

}
