package io.rollcall.reconciler.flow.run;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.rules.guard.SetTally;
import io.rollcall.reconciler.rules.guard.StagedItem;

/** Staged items of one kind, as they were gathered in one chunk. */
public record StagedPage(ConnectionId connection, RunId run, long chunk, GuardedKind kind, List<StagedItem> items) {

	public StagedPage {
		items = List.copyOf(items);
	}

	/**
	 * Named by its content: gathered twice with another result, it is another page.
	 */
	public String id() {
		SetTally tally = SetTally.NONE;
		for (StagedItem item : this.items) {
			tally = tally.plus(item);
		}
		return "%s:%s:%d:%s:%s".formatted(this.connection, this.run, this.chunk, this.kind, tally.hash());
	}

	/** What was decided about a page's items. */
	public enum Status {

		/** Nothing yet. */
		GATHERED,
		/** They are let go of: no later run counts them again. */
		RELEASED,
		/** A person said no: they are not asked about again. */
		REJECTED

	}

}
