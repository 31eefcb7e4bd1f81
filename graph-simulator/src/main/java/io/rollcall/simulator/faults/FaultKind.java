package io.rollcall.simulator.faults;

import org.jspecify.annotations.Nullable;

/** What can go wrong. */
public enum FaultKind {

	/** 429, with whatever {@code Retry-After} the rule says. */
	THROTTLED(429),

	/** 500. */
	INTERNAL_ERROR(500),

	/** 502, which the SDK does not retry. */
	BAD_GATEWAY(502),

	/** 503. */
	UNAVAILABLE(503),

	/** 504. */
	GATEWAY_TIMEOUT(504),

	/** 401 although the token is good. */
	UNAUTHORIZED(401),

	/** 403. */
	DENIED(403),

	/** 404, as from a replica that is behind. */
	NOT_FOUND(404),

	/** 410 with a body and a {@code Location}. */
	GONE(410),

	/** 410 with nothing. */
	GONE_WITHOUT_BODY(410),

	/** The 400 that production gives for a delta link that is too old. */
	TOKEN_TOO_OLD(400),

	/** The 400 of a page link that works no more; the link stays so. */
	EXPIRED_PAGE_TOKEN(400, true),

	/** The 400 of a page link that cannot be read; the link stays so. */
	BADLY_FORMED_TOKEN(400, true),

	/** A 404 that says nothing, of a page link; the link stays so. */
	UNKNOWN_LINK(404, true),

	/** The 400 of a selected property that there is not. */
	PROPERTY_UNKNOWN(400),

	/** The 501 of a selected property that delta cannot track. */
	PROPERTY_NOT_TRACKED(501),

	/** Any error that Graph knows, by its code. */
	ERROR(0),

	/** Any error of the token endpoint, by its number. */
	SIGN_IN_ERROR(0),

	/** No answer at all, and the connection stays open. */
	HANG(0),

	/** The answer comes, but later. */
	SLOW(0),

	/** The connection is reset before an answer. */
	RESET(0),

	/** The connection ends in the middle of the body. */
	TRUNCATED(0),

	/** 200 with half a JSON document. */
	BROKEN_JSON(0),

	DUPLICATE_OBJECT(Quirk.DUPLICATE_OBJECT), REPLAY(Quirk.REPLAY), EMPTY_PAGE(Quirk.EMPTY_PAGE),
	ONLY_ID(Quirk.ONLY_ID), NAMELESS(Quirk.NAMELESS), SAME_LINK(Quirk.SAME_LINK), ENDLESS(Quirk.ENDLESS),
	MISSING_OBJECT(Quirk.MISSING_OBJECT), MISSING_MEMBER(Quirk.MISSING_MEMBER);

	private final int status;

	private final boolean deadLink;

	private final @Nullable Quirk quirk;

	FaultKind(int status) {
		this(status, false);
	}

	FaultKind(int status, boolean deadLink) {
		this.status = status;
		this.deadLink = deadLink;
		this.quirk = null;
	}

	FaultKind(Quirk quirk) {
		this.status = 0;
		this.deadLink = false;
		this.quirk = quirk;
	}

	/** Whether it is an answer of its own, instead of a good one. */
	public boolean answers() {
		return this.status > 0 || this == ERROR || this == SIGN_IN_ERROR;
	}

	/** The status of the answer, or 0 where the rule says it or that is not the point. */
	public int status() {
		return this.status;
	}

	/** Whether it is the link that is broken: whoever asks it again, hears the same. */
	public boolean deadLink() {
		return this.deadLink;
	}

	/** What the page does, where the fault is only that. */
	public @Nullable Quirk quirk() {
		return this.quirk;
	}

}
