package io.rollcall.reconciler.flow.view;

import java.time.Instant;

import io.rollcall.reconciler.flow.run.HeldSet;
import org.jspecify.annotations.Nullable;

/**
 * A held set, as people look at it.
 *
 * @param kind {@code ACCOUNTS}, {@code MEMBERSHIPS} or {@code TEAMS}
 * @param count how many would go, of {@code total}
 * @param limit the limit that was exceeded, in words
 * @param status {@code OPEN} while it waits for a person
 * @param by who judged it
 */
public record HeldSetView(String organization, String connection, String run, String hash, String kind, long count,
		long total, String limit, String status, Instant at, @Nullable String by) {

	/** A held set as it can be shown. */
	public static HeldSetView of(HeldSet set) {
		return new HeldSetView(set.organization().value(), set.connection().value(), set.run().value(), set.hash(),
				set.kind().name(), set.count(), set.total(), set.limit(), set.status().name(), set.at(), set.by());
	}

}
