package io.rollcall.connector.flow.selftest;

/** What is tested. */
public enum Check {

	/** Entra gives a token for the credential. */
	TOKEN,
	/** The token has the permission of a feature. */
	PERMISSION,
	/** Objects can be read, with the attributes that are selected. */
	READABLE,
	/** A delta chain can be opened and followed. */
	DELTA,
	/** Graph reaches the webhook: a subscription is made, and taken back. */
	WEBHOOK,
	/** Our clock agrees with Graph's. */
	CLOCK,
	/** The credential does not end soon. */
	CREDENTIAL_END

}
