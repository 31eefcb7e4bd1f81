package io.rollcall.reconciler.flow;

import java.util.List;

import io.rollcall.model.directory.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The end of a run: markers, sweep, guard, release. Each step is persisted and can be
 * entered again.
 */
public interface RunSteps {

	/**
	 * Applies records about runs ({@code RunMarker}, {@code RunContinued},
	 * {@code HeldSetJudged}), after everything before them on their partitions was
	 * applied.
	 */
	Mono<Void> apply(List<Batch.Entry> records);

	/** Why a record can never be applied; null when it can. */
	default @Nullable String whatIsWrong(Observation record) {
		return null;
	}

}
