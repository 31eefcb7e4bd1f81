package io.rollcall.reconciler.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

/**
 * What came of what was asked for many.
 *
 * @param counts how many of each outcome
 * @param next what to ask for to go on with those after these; null when there are none
 */
record BulkDone(Map<Done.Outcome, Long> counts, List<Done> results, @Nullable String next) {

	/** How many are done at a time. */
	static final int MOST = 1_000;

	static BulkDone of(List<Done> done, @Nullable String next) {
		return new BulkDone(done.stream().collect(Collectors.groupingBy(Done::outcome, Collectors.counting())), done,
				next);
	}

	/** What was named, not too much of it. */
	static <T> List<T> checked(@Nullable List<T> named) {
		if (named == null || named.isEmpty() || named.size() > MOST) {
			throw Problems.invalid("name 1 to %d at a time".formatted(MOST));
		}
		return named;
	}

}
