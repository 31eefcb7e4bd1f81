package io.rollcall.reconciler.rules;

/** What an account is to the application. */
public enum AccountStatus {

	/**
	 * Not an account yet: a directory user whose first decision is held. Never shown as
	 * an account.
	 */
	WAITING, ACTIVE, DEACTIVATED, ARCHIVED

}
