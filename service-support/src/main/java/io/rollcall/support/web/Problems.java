package io.rollcall.support.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The errors that callers get, as problem details (RFC 9457), with what to do. */
public final class Problems {

	private static final int MOST = 1_000;

	private Problems() {
	}

	public static ResponseStatusException notFound(String detail) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, detail);
	}

	public static ResponseStatusException invalid(String detail) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
	}

	public static ResponseStatusException conflict(String detail) {
		return new ResponseStatusException(HttpStatus.CONFLICT, detail);
	}

	/** A page's size as it was asked for, 1 to 1,000. */
	public static int limit(int asked) {
		if (asked < 1 || asked > MOST) {
			throw invalid("limit must be 1 to %d, is %d".formatted(MOST, asked));
		}
		return asked;
	}

}
