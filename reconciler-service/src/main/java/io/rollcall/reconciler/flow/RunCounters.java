package io.rollcall.reconciler.flow;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.ApplyCounts;
import reactor.core.publisher.Mono;

/**
 * What runs did to accounts, teams and memberships: every change counts once. Only one
 * whose process died before it was counted, and whose account another partition wrote
 * before it was delivered again, counts nowhere; the change itself is never lost.
 */
public interface RunCounters {

	/** Adds what was published and not counted yet. */
	Mono<Void> add(List<OfPartition> partitions);

	/**
	 * What the records of one partition did.
	 *
	 * @param from no record before this offset can be delivered again
	 * @param upTo the last offset that was applied; none of {@code applied} is after it
	 */
	record OfPartition(int partition, long from, long upTo, List<Applied> applied) {
	}

	/**
	 * One change of a run, and how it counts.
	 *
	 * @param change its id
	 */
	record Applied(ConnectionId connection, RunId run, String change, ApplyCounts counts) {
	}

}
