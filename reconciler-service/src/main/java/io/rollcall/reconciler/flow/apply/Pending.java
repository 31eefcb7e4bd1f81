package io.rollcall.reconciler.flow.apply;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What a written account or team has to tell, until its cause's offset is committed. What
 * the write staged is told too, and stands in the document itself.
 *
 * @param run whose digest tells of it
 * @param change the bytes of the change; null when the write was none
 * @param emails keys of addresses that became free, or that are wanted now; of a team the
 * key of the name that became free
 * @param managers who got or lost a report
 */
public record Pending(Origin cause, @Nullable RunId run, Instant at, byte @Nullable [] change, List<String> emails,
		List<ObjectId> managers) {

	public Pending {
		managers = List.copyOf(managers);
		emails = List.copyOf(emails);
	}

}
