package io.rollcall.reconciler.rules;

import io.rollcall.model.Reason;

/** How a directory object went away. */
public enum Departure {

	/** Soft-deleted: may be restored within 30 days. */
	DELETED(Reason.Code.DELETED),
	/** Purged: never comes back under its id. */
	PURGED(Reason.Code.PURGED),
	/** A FULL run did not find it. */
	UNSEEN(Reason.Code.UNSEEN);

	private final Reason.Code reason;

	Departure(Reason.Code reason) {
		this.reason = reason;
	}

	Reason reason() {
		return Reason.of(this.reason);
	}

}
