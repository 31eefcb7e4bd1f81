package io.rollcall.model.run;

/** What started a run. */
public enum RunTrigger {

	SCHEDULE, MANUAL, ACTIVATION, HINT, RESYNC, RULES

}
