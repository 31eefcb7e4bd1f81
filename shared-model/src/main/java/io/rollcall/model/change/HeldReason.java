package io.rollcall.model.change;

/** Why a decision waits for a person, or for the directory to be mended. */
public enum HeldReason {

	NAME_MISSING, EMAIL_MISSING, EMAIL_INVALID, EMAIL_TAKEN, MATCH_DISPUTED, LAST_OWNER, GUARD

}
