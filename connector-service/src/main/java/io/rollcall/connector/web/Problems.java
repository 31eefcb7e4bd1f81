package io.rollcall.connector.web;

import java.time.Duration;

import io.rollcall.connector.flow.connection.Refused;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Refusals as problem details (RFC 9457). */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(Refused refused) {
		HttpStatus status = switch (refused.why()) {
			case NO_SUCH_CONNECTION -> HttpStatus.NOT_FOUND;
			case NOT_NOW -> HttpStatus.CONFLICT;
			case TOO_SOON -> HttpStatus.TOO_MANY_REQUESTS;
			case INVALID -> HttpStatus.BAD_REQUEST;
		};
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
		Duration interval = refused.interval();
		if (interval != null) {
			answer.header("Retry-After", Long.toString(interval.toSeconds()));
		}
		return answer.body(ProblemDetail.forStatusAndDetail(status, refused.getMessage()));
	}

}
