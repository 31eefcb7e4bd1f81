package io.rollcall.connector.flow;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a connection shows to Entra.
 *
 * @param secret the client secret, or the private key of the certificate as PEM; null
 * where it is not kept here
 * @param endsAt when it ends, as far as is known without asking Graph
 * @param certificate the public half, PEM
 * @param federation the name of a configured federation
 * @param tenant the one whose administrator has consented
 */
public record Credential(Kind kind, @Nullable Secret secret, @Nullable Instant endsAt, @Nullable String certificate,
		@Nullable String federation, @Nullable String tenant) {

	/** The ways of proving who asks. */
	public enum Kind {

		SECRET, CERTIFICATE,
		/** The token of an issuer that the application trusts. */
		FEDERATION,
		/**
		 * The installation's own application, to which an administrator of the tenant has
		 * consented for this connection.
		 */
		CONSENT

	}

	public static Credential secret(Secret secret) {
		return secret(secret, null);
	}

	/**
	 * A client secret.
	 * @param endsAt as a person typed it
	 */
	public static Credential secret(Secret secret, @Nullable Instant endsAt) {
		return new Credential(Kind.SECRET, secret, endsAt, null, null, null);
	}

	/**
	 * A certificate with its key.
	 * @param certificate PEM
	 * @param key PKCS#8, PEM
	 */
	public static Credential certificate(String certificate, Secret key, Instant endsAt) {
		return new Credential(Kind.CERTIFICATE, key, endsAt, certificate, null, null);
	}

	public static Credential federation(String name) {
		return new Credential(Kind.FEDERATION, null, null, null, name, null);
	}

	/** Only ever made of an administrator's sign-in. */
	public static Credential consent(String tenant) {
		return new Credential(Kind.CONSENT, null, null, null, null, tenant);
	}

	/** What of it may be seen. */
	public Credential withoutSecret() {
		return new Credential(this.kind, null, this.endsAt, this.certificate, this.federation, this.tenant);
	}

	public Credential with(@Nullable Secret its) {
		return new Credential(this.kind, its, this.endsAt, this.certificate, this.federation, this.tenant);
	}

	/** The secret that this kind has. */
	public Secret own() {
		return Objects.requireNonNull(this.secret);
	}

}
