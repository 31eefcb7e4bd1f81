package io.rollcall.model.run;

/** What a run goes over. */
public enum RunMode {

	/** Every object of the tenant, in a new delta chain. */
	FULL,
	/** What changed since the stored delta link. */
	DELTA,
	/** The rules over stored facts; Graph is not asked. */
	EVALUATION

}
