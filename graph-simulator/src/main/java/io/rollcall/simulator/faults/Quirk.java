package io.rollcall.simulator.faults;

/** Odd but legal things that a page of delta may do. */
public enum Quirk {

	/** The first object of the page is on it twice. */
	DUPLICATE_OBJECT,

	/** Objects that changed before the delta link are there again. */
	REPLAY,

	/** Nothing is on the page, and there is a next one. */
	EMPTY_PAGE

}
