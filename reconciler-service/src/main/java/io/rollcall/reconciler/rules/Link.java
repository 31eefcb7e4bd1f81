package io.rollcall.reconciler.rules;

/** That an account belongs to a directory user. */
public record Link(ObjectKey object, Status status) {

	/** Whether it still does. */
	public enum Status {

		/** It does; at most one account has a link of this status to an object. */
		LINKED,
		/** It did: the account is free to be matched. */
		UNLINKED,
		/** The account is {@link AccountStatus#WAITING} for its first decision. */
		WAITING

	}

}
