package io.rollcall.reconciler.rules;

import java.util.List;

import io.rollcall.model.change.Change;

/**
 * The next version of an account or a team, and the changes that led to it; no change at
 * all when only what is staged or remembered differs.
 */
public record Decided<T>(T document, List<Change> changes) {

	public Decided {
		changes = List.copyOf(changes);
	}

}
