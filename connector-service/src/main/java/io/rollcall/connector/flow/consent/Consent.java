package io.rollcall.connector.flow.consent;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * A request for consent, and the link to it.
 *
 * @param askedBy who wants it, as the link's page says it
 * @param step where a browser is that is on its way; only this way may go on
 * @param last what came of the last try
 * @param consentedBy the object id of the administrator
 */
public record Consent(String id, ConnectionId connection, OrganizationId organization, String tenant, String clientId,
		String askedBy, Instant askedAt, Instant expiresAt, @Nullable Step step, @Nullable Ended last,
		@Nullable Instant withdrawnAt, @Nullable Instant consentedAt, @Nullable String consentedBy) {

	/** The pages of Microsoft's, in order. */
	public enum Where {

		CONSENT, SIGN_IN

	}

	/**
	 * What must come back.
	 *
	 * @param nonce a digest of what is in the state
	 * @param browser a digest of the cookie of who pressed the button
	 */
	public record Step(Where where, String nonce, String browser) {
	}

	/**
	 * How a try ended.
	 *
	 * @param code the number after AADSTS, or the error's word, if Entra refused
	 */
	public record Ended(Outcome outcome, @Nullable String code, Instant at) {
	}

	/** Everything that can come of a link. */
	public enum Outcome {

		CONSENTED,
		/** The person said no. */
		CANCELED,
		/** Entra refused; it has a code. */
		REFUSED,
		/** Another tenant answered than was asked for. */
		OTHER_TENANT,
		/** The person who signed in may not consent for the tenant. */
		NOT_ADMINISTRATOR,
		/** Nothing that we have sent, or it has come back already. */
		STATE_UNKNOWN,
		/** Another browser began. */
		OTHER_BROWSER, LINK_UNKNOWN, LINK_EXPIRED, LINK_USED, LINK_WITHDRAWN,
		/** The connection has changed since. */
		LINK_OUTDATED,
		/** Microsoft could not be reached. */
		TRY_AGAIN

	}

	/** Why the link does not work any more; null if it does. */
	public @Nullable Outcome ended(Instant now) {
		return (this.consentedAt != null) ? Outcome.LINK_USED : (this.withdrawnAt != null) ? Outcome.LINK_WITHDRAWN
				: this.expiresAt.isAfter(now) ? null : Outcome.LINK_EXPIRED;
	}

	Consent at(@Nullable Step next) {
		return new Consent(this.id, this.connection, this.organization, this.tenant, this.clientId, this.askedBy,
				this.askedAt, this.expiresAt, next, this.last, this.withdrawnAt, this.consentedAt, this.consentedBy);
	}

	Consent tried(Ended ended) {
		return new Consent(this.id, this.connection, this.organization, this.tenant, this.clientId, this.askedBy,
				this.askedAt, this.expiresAt, null, ended, this.withdrawnAt, this.consentedAt, this.consentedBy);
	}

	Consent consented(String by, Instant now) {
		return new Consent(this.id, this.connection, this.organization, this.tenant, this.clientId, this.askedBy,
				this.askedAt, this.expiresAt, null, new Ended(Outcome.CONSENTED, null, now), this.withdrawnAt, now, by);
	}

	Consent withdrawn(Instant now) {
		return new Consent(this.id, this.connection, this.organization, this.tenant, this.clientId, this.askedBy,
				this.askedAt, this.expiresAt, null, this.last, now, this.consentedAt, this.consentedBy);
	}

}
