package io.rollcall.notifier.rules;

/** What a recipient may do in the organization, which decides what concerns them. */
public enum Role {

	OWNER, ADMIN, VIEWER

}
