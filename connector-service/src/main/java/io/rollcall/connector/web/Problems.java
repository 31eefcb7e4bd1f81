package io.rollcall.connector.web;

import java.util.stream.Collectors;

import io.rollcall.connector.flow.connection.Refusal;
import io.rollcall.connector.flow.connection.Refusal.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

/** Everything that went wrong, as problem details (RFC 9457). */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(Refused refused) {
		Refusal refusal = refused.refusal();
		HttpStatus status = switch (refusal) {
			case Refusal.NoSuchConnection _ -> HttpStatus.NOT_FOUND;
			case Refusal.NotNow _ -> HttpStatus.CONFLICT;
			case Refusal.TooSoon _ -> HttpStatus.TOO_MANY_REQUESTS;
			case Refusal.Invalid _ -> HttpStatus.BAD_REQUEST;
		};
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
		if (refusal instanceof Refusal.TooSoon soon) {
			answer.header("Retry-After", Long.toString(soon.interval().toSeconds()));
		}
		return answer.body(ProblemDetail.forStatusAndDetail(status, refusal.message()));
	}

	/** What an id, a schedule or another value refuses, in its own words. */
	@ExceptionHandler
	ProblemDetail invalid(IllegalArgumentException invalid) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(invalid.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail incomplete(WebExchangeBindException incomplete) {
		String detail = incomplete.getFieldErrors()
			.stream()
			.map((field) -> field.getField() + " " + field.getDefaultMessage())
			.sorted()
			.collect(Collectors.joining("; "));
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
	}

	@ExceptionHandler
	ProblemDetail unreadable(ServerWebInputException unreadable) {
		Throwable root = unreadable;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String detail = (root instanceof IllegalArgumentException) ? String.valueOf(root.getMessage())
				: (root != unreadable) ? "The body is not what is expected here: " + firstLine(root)
						: String.valueOf(unreadable.getReason());
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
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

	private static String firstLine(Throwable problem) {
		return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
	}

}
