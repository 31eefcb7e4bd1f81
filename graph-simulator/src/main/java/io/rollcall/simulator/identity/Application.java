package io.rollcall.simulator.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What was registered about an application, in its home tenant.
 *
 * @param appId what clients call the client id
 * @param home the id of the tenant that it was registered in
 * @param multiTenant whether other tenants may give it consent
 * @param requested the application permissions that a consent grants
 * @param redirectUris where a consent page may lead back to; anywhere when empty
 */
public record Application(String appId, String displayName, String home, boolean multiTenant, Set<String> requested,
		List<String> redirectUris, List<Secret> secrets, List<Certificate> certificates,
		List<FederatedCredential> federatedCredentials) {

	/** What a read-only sync needs. */
	public static final Set<String> READ_ONLY = Set.of("User.Read.All", "Group.Read.All", "GroupMember.Read.All",
			"AdministrativeUnit.Read.All", "Directory.Read.All", "Organization.Read.All");

	private static final int DAYS_OF_A_SECRET = 730;

	public Application {
		requested = Set.copyOf(requested);
		redirectUris = List.copyOf(redirectUris);
		secrets = List.copyOf(secrets);
		certificates = List.copyOf(certificates);
		federatedCredentials = List.copyOf(federatedCredentials);
	}

	public static Application readOnly(String appId, String home, String secret) {
		return new Application(appId, "Directory reader", home, false, READ_ONLY, List.of(),
				List.of(Secret.of(secret, Instant.now())), List.of(), List.of());
	}

	/** The id of the application object, which is not the client id. */
	public String objectId() {
		return UUID.nameUUIDFromBytes((this.home + "/application/" + this.appId).getBytes(StandardCharsets.UTF_8))
			.toString();
	}

	/** A client secret. */
	public record Secret(String keyId, String displayName, String value, Instant start, Instant end) {

		/** One that is good for two years. */
		public static Secret of(String value, Instant now) {
			Instant start = now.truncatedTo(ChronoUnit.SECONDS);
			return new Secret(UUID.randomUUID().toString(), "Password friendly name", value, start,
					start.plus(DAYS_OF_A_SECRET, ChronoUnit.DAYS));
		}

		public Secret endingAt(Instant newEnd) {
			return new Secret(this.keyId, this.displayName, this.value,
					newEnd.isBefore(this.start) ? newEnd : this.start, newEnd);
		}

		/** The first three characters, all that Graph tells later. */
		public String hint() {
			return this.value.substring(0, Math.min(3, this.value.length()));
		}

	}

	/**
	 * A certificate whose key may sign assertions.
	 *
	 * @param pem the public half
	 */
	public record Certificate(String keyId, String displayName, String pem) {

		/** A certificate, refused when it cannot be read. */
		public static Certificate of(String pem) {
			Certificate certificate = new Certificate(UUID.randomUUID().toString(), "", pem);
			return new Certificate(certificate.keyId, certificate.x509().getSubjectX500Principal().getName(), pem);
		}

		X509Certificate x509() {
			try {
				return (X509Certificate) CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(this.pem.getBytes(StandardCharsets.US_ASCII)));
			}
			catch (CertificateException ex) {
				throw new IllegalArgumentException("a certificate must be X.509 as PEM: " + ex.getMessage(), ex);
			}
		}

		public Instant start() {
			return x509().getNotBefore().toInstant();
		}

		public Instant end() {
			return x509().getNotAfter().toInstant();
		}

	}

	/** Trust in tokens of somebody else; all three are compared exactly. */
	public record FederatedCredential(String issuer, String subject, String audience) {
	}

}
