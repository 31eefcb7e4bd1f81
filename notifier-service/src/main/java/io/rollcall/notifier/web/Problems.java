package io.rollcall.notifier.web;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.rules.InboxId;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What can be wrong with a request. */
final class Problems {

	private Problems() {
	}

	static ErrorResponseException unknownOrganization(OrganizationId organization) {
		return problem(HttpStatus.NOT_FOUND, "Unknown organization",
				"Organization %s has no recipients. Add some with PUT /api/organizations/%s/recipients"
					.formatted(organization, organization));
	}

	static ErrorResponseException unknownRecipient(InboxId inbox) {
		return problem(HttpStatus.NOT_FOUND, "Unknown recipient",
				"Organization %s has no recipient %s. Those it has are at /api/organizations/%s/recipients"
					.formatted(inbox.organization(), inbox.recipient(), inbox.organization()));
	}

	static ErrorResponseException unknownAlert(InboxId inbox, String alert) {
		return problem(HttpStatus.NOT_FOUND, "Unknown alert",
				"The inbox of %s has no alert %s".formatted(inbox.recipient(), alert));
	}

	static ErrorResponseException invalid(String detail) {
		return problem(HttpStatus.BAD_REQUEST, "Invalid request", detail);
	}

	private static ErrorResponseException problem(HttpStatus status, String title, String detail) {
		ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
		body.setTitle(title);
		return new ErrorResponseException(status, body, null);
	}

}
