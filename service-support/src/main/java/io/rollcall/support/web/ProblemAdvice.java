package io.rollcall.support.web;

import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.ServerWebInputException;

/**
 * Everything that goes wrong in any controller, as problem details (RFC 9457). A
 * service's advice for its own exceptions comes before it.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 1_000)
class ProblemAdvice {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	/** What an id, a schedule or another value refuses, in its own words. */
	@ExceptionHandler
	ProblemDetail invalid(IllegalArgumentException invalid) {
		return bad(String.valueOf(invalid.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail incomplete(WebExchangeBindException incomplete) {
		return bad(incomplete.getFieldErrors()
			.stream()
			.map((field) -> field.getField() + " " + field.getDefaultMessage())
			.sorted()
			.collect(Collectors.joining("; ")));
	}

	@ExceptionHandler
	ProblemDetail unreadable(ServerWebInputException unreadable) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(unreadable);
		if (root instanceof IllegalArgumentException) {
			return bad(String.valueOf(root.getMessage()));
		}
		return bad((root != unreadable) ? "The body is not what is expected here: " + firstLine(root)
				: String.valueOf(unreadable.getReason()));
	}

	/**
	 * What Spring itself refuses keeps its answer; the rest is not the caller's fault.
	 */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> failed(Exception failure) {
		if (failure instanceof ErrorResponse known) {
			return ResponseEntity.status(known.getStatusCode()).headers(known.getHeaders()).body(known.getBody());
		}
		log.error("A request could not be answered", failure);
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
					"It cannot be done at the moment. Look at /actuator/health/readiness, then try again"));
	}

	private static ProblemDetail bad(String detail) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
	}

	private static String firstLine(Throwable problem) {
		return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
	}

}
