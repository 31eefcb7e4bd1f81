package io.rollcall.model.run;

/**
 * A failure, told to a person.
 *
 * @param message what happened, in one sentence
 * @param action what to do about it, in one sentence
 * @param needsPerson whether it stays until a person acts; otherwise it is retried with
 * backoff
 */
public record Problem(Code code, String message, String action, boolean needsPerson) {

	/** What kind of failure, for machines. */
	public enum Code {

		CREDENTIAL_REJECTED, CREDENTIAL_EXPIRED, TENANT_NOT_FOUND, APPLICATION_NOT_FOUND, CONSENT_MISSING,
		PERMISSION_MISSING, GRAPH_UNREACHABLE, GRAPH_THROTTLED, GRAPH_FAILED, RESPONSE_UNREADABLE, SUBSCRIPTION_FAILED,
		DELTA_LINK_EXPIRED, DIRECTORY_OBJECT_INVALID, RETENTION_EXCEEDED, INTERNAL

	}

}
