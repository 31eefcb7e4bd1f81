package io.rollcall.model.run;

/** What started a run. */
public enum RunTrigger {

	/** The connection's schedule. */
	SCHEDULE,
	/** A person. */
	MANUAL,
	/** The connection became ready or active. */
	ACTIVATION,
	/** A chain or records were lost. */
	RESYNC,
	/** Rules were published. */
	RULES,
	/** A container came, went or nests differently. */
	CONTAINER

}
