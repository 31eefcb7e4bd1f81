package io.rollcall.model.change;

/** Why a directory user counts as a leaver. */
public enum LeaverReason {

	/** Soft-deleted in the directory; may be restored within 30 days. */
	DELETED,
	/** Purged from the directory. */
	PURGED,
	/** The directory account is disabled, and the rules leave disabled users out. */
	DISABLED,
	/** The rules no longer include this user. */
	OUT_OF_SCOPE,
	/** A FULL run did not find this user. */
	UNSEEN,
	/** A person said to ignore this user. */
	IGNORED

}
