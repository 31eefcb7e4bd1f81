package io.rollcall.model.run;

/** What the guard counts, each kind against a limit of its own. */
public enum GuardedKind {

	/** Accounts that are to be deactivated or archived. */
	ACCOUNTS,
	/** Memberships that are to end. */
	MEMBERSHIPS,
	/** Teams that are to be archived. */
	TEAMS,
	/** E-mail addresses that are to change. */
	ADDRESSES

}
