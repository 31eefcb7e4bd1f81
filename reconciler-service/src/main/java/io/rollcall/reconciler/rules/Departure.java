package io.rollcall.reconciler.rules;

import io.rollcall.model.change.LeaverReason;

/** How a directory object went away. */
public enum Departure {

	/** Soft-deleted: may be restored within 30 days. */
	DELETED,
	/** Purged: never comes back under its id. */
	PURGED,
	/** A FULL run did not find it. */
	UNSEEN;

	LeaverReason reason() {
		return switch (this) {
			case DELETED -> LeaverReason.DELETED;
			case PURGED -> LeaverReason.PURGED;
			case UNSEEN -> LeaverReason.UNSEEN;
		};
	}

}
