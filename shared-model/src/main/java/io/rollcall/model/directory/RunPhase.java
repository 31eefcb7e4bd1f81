package io.rollcall.model.directory;

/** The phases of a run that send records, in order; each ends with markers. */
public enum RunPhase {

	/** What Graph said. */
	READ,
	/** What a FULL run did not see. */
	SWEEP,
	/** Who is to be decided again: rules, evaluations. */
	DECIDE,
	/** What the guard or a person let through. */
	RELEASE

}
