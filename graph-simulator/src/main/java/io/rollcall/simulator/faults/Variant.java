package io.rollcall.simulator.faults;

/**
 * What no source settles: without it one way is taken, with it the other. A client must
 * do well with both.
 */
public enum Variant {

	/** A new manager comes after the former one as removed, not alone. */
	FORMER_MANAGER_TOLD,

	/**
	 * Who left a group is removed with the reason {@code changed}, not {@code deleted}.
	 */
	LEAVER_CHANGED,

	/** Soft-deleted people are not in the first {@code members@delta} of their groups. */
	DELETED_MEMBER_UNTOLD,

	/** Soft-deleted people are in {@code GET …/members}. */
	DELETED_MEMBER_LISTED,

	/** A restored group comes without its members. */
	RESTORED_GROUP_PLAIN,

	/** A subscription that would last too long is shortened, not refused. */
	EXPIRATION_CAPPED,

	/** GroupMember.Read.All is enough for a subscription on groups. */
	GROUP_HINTS_FOR_MEMBER_READERS

}
