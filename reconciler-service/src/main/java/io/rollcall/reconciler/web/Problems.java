package io.rollcall.reconciler.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The errors that callers get, with what to do. */
final class Problems {

	private Problems() {
	}

	static ResponseStatusException notFound(String detail) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, detail);
	}

	static ResponseStatusException invalid(String detail) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
	}

	static ResponseStatusException conflict(String detail) {
		return new ResponseStatusException(HttpStatus.CONFLICT, detail);
	}

	/** A page's size as it was asked for. */
	static int limit(int asked) {
		if (asked < 1 || asked > 1_000) {
			throw invalid("limit must be 1 to 1000, is " + asked);
		}
		return asked;
	}

}
