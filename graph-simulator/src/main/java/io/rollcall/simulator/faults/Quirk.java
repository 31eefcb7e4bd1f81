package io.rollcall.simulator.faults;

/** Odd but legal things that a page of delta may do. */
public enum Quirk {

	/** The first object of the page is on it twice. */
	DUPLICATE_OBJECT,

	/** Objects that changed before the delta link are there again. */
	REPLAY,

	/** Nothing is on the page, and there is a next one. */
	EMPTY_PAGE,

	/** The first object of the page has its id and nothing else. */
	ONLY_ID,

	/** The first object of the page has no display name and no user principal name. */
	NAMELESS,

	/** The next link is the one that was followed. */
	SAME_LINK,

	/** The next link, a new one, leads to the same page. */
	ENDLESS,

	/** The first object of the page is left out, and never told. */
	MISSING_OBJECT,

	/** The first member on the page is left out, and never told. */
	MISSING_MEMBER

}
