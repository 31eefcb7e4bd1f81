package io.rollcall.notifier.rules;

/** A way that a recipient wants to be told. */
public enum Channel {

	/** Alerts in the recipient's inbox. */
	IN_APP,
	/** An e-mail at once when something failed or waits for a person. */
	FAILURE_MAIL,
	/**
	 * E-mails about what changed: a digest of each run, and one a minute of what changed
	 * outside of runs.
	 */
	DIGEST

}
