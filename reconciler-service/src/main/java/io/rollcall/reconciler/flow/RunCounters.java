package io.rollcall.reconciler.flow;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.ApplyCounts;
import reactor.core.publisher.Mono;

/**
 * What runs did to accounts, teams and memberships; nothing is counted twice. Only a
 * process killed twice over the same records, with batches cut otherwise in between, can
 * leave a change uncounted: the change itself is never lost.
 */
public interface RunCounters {

	/**
	 * Adds what a batch published. Only what has an offset after the partition's recorded
	 * one counts; then {@code upTo} is recorded.
	 * @param upTo the last offset of the batch; none of {@code applied} is after it
	 */
	Mono<Void> add(int partition, long upTo, List<Applied> applied);

	/** The counts of one run that one record caused. */
	record Applied(ConnectionId connection, RunId run, long offset, ApplyCounts counts) {
	}

}
