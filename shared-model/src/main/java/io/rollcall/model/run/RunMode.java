package io.rollcall.model.run;

/** What a run goes over. */
public enum RunMode {

	/** Every object of the tenant, in new delta chains. */
	FULL,
	/**
	 * What changed since the stored delta links: the nightly run, or <em>sync now</em>.
	 */
	DELTA,
	/** The rules over stored facts; Graph is not asked. */
	RULES,
	/** The members of containers that came, went or nest differently. */
	EVALUATION,
	/** A held set that a person approved. */
	RELEASE,
	/** Accounts that a person imports, then who waits for an account. */
	IMPORT

}
