package io.rollcall.simulator.identity;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import io.rollcall.simulator.faults.Clocks;
import io.rollcall.simulator.tenant.Tenant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the token that a client shows in place of a secret: its own one, signed with the
 * key of a registered certificate, or one of an issuer whom a federated credential
 * trusts.
 *
 * @see <a href=
 * "https://learn.microsoft.com/entra/identity-platform/certificate-credentials">Certificate
 * credentials</a>
 * @see <a href=
 * "https://learn.microsoft.com/entra/workload-id/workload-identity-federation">Workload
 * identity federation</a>
 */
final class ClientAssertions {

	/** How far a client's clock may be off. */
	private static final long LEEWAY_SECONDS = 300;

	private static final List<String> OWN_ISSUERS = List.of("https://login.microsoftonline.com/",
			"https://sts.windows.net/", "https://login.microsoftonline.us/");

	private final ExternalIssuers issuers;

	private final Clocks clocks;

	ClientAssertions(ExternalIssuers issuers, Clocks clocks) {
		this.issuers = issuers;
		this.clocks = clocks;
	}

	/** Refuses what is not good. */
	void check(Tenant tenant, Application app, String assertion) {
		Jwt token = Jwt.parse(assertion);
		if (token == null) {
			throw new SignInRefused(50027, "JWT token is invalid or malformed.");
		}
		boolean ofCertificate = token.header().has("x5t") || token.header().has("x5t#S256");
		if (ofCertificate || token.claims().path("iss").asString("").equals(app.appId())) {
			own(tenant, app, token);
		}
		else {
			federated(tenant, app, token);
		}
	}

	private void own(Tenant tenant, Application app, Jwt token) {
		if (!token.hasAcceptedAlgorithm()) {
			throw new SignInRefused(5002738, "The algorithm '%s' is not accepted.".formatted(token.algorithm()));
		}
		X509Certificate certificate = signer(app, token);
		String issuer = token.claims().path("iss").asString("");
		String subject = token.claims().path("sub").asString("");
		if (!issuer.equals(subject)) {
			throw new SignInRefused(50048, "Subject '%s' and issuer '%s' differ.".formatted(subject, issuer));
		}
		if (!subject.equals(app.appId())) {
			throw new SignInRefused(700021,
					"Client assertion application identifier '%s' doesn't match 'client_id' parameter."
						.formatted(subject));
		}
		if (audiences(token).stream().noneMatch((audience) -> isTokenEndpoint(audience, tenant))) {
			throw new SignInRefused(50027,
					"JWT token is invalid or malformed. The audience %s is not this token endpoint."
						.formatted(audiences(token)));
		}
		Instant now = this.clocks.now(tenant.id());
		checkTime(token, now.getEpochSecond(), LEEWAY_SECONDS);
		if (now.isBefore(certificate.getNotBefore().toInstant())
				|| now.isAfter(certificate.getNotAfter().toInstant())) {
			throw new SignInRefused(1000502, "The provided certificate is not within its specified validity window.");
		}
	}

	private static X509Certificate signer(Application app, Jwt token) {
		if (app.certificates().isEmpty()) {
			throw new SignInRefused(700026,
					"Client application has no configured keys. Application '%s'.".formatted(app.appId()));
		}
		String thumbprint = first(token.header(), "x5t#S256", "x5t", "kid");
		if (thumbprint == null) {
			throw new SignInRefused(5002723, "The header of the assertion names no key: x5t, x5t#S256 or kid.");
		}
		X509Certificate certificate = app.certificates()
			.stream()
			.map(Application.Certificate::x509)
			.filter((candidate) -> thumbprints(candidate).contains(thumbprint))
			.findFirst()
			.orElseThrow(() -> invalidKey("The key was not found.", thumbprint));
		if (!token.isSignedBy(certificate.getPublicKey())) {
			throw invalidKey("The provided signature value did not match the expected signature value.", thumbprint);
		}
		return certificate;
	}

	private void federated(Tenant tenant, Application app, Jwt token) {
		String issuer = token.claims().path("iss").asString("");
		String subject = token.claims().path("sub").asString("");
		if (OWN_ISSUERS.stream().anyMatch(issuer::startsWith)) {
			throw new SignInRefused(700222,
					"AAD-issued tokens may not be used for federated identity flows. Issuer '%s'.".formatted(issuer));
		}
		List<Application.FederatedCredential> trusted = app.federatedCredentials()
			.stream()
			.filter((credential) -> credential.issuer().equals(issuer))
			.toList();
		if (trusted.isEmpty()) {
			throw noMatch(700211, "issuer", issuer);
		}
		ExternalIssuer signer = this.issuers.reachable(issuer);
		if (signer == null) {
			throw new SignInRefused(90061, "Request to External OIDC endpoint failed: %s".formatted(issuer));
		}
		if (!signer.signed(token)) {
			throw new SignInRefused(900384, "JWT token failed signature validation.");
		}
		checkTime(token, this.clocks.now(tenant.id()).getEpochSecond(), 0);
		List<Application.FederatedCredential> ofSubject = trusted.stream()
			.filter((credential) -> credential.subject().equals(subject))
			.toList();
		if (ofSubject.isEmpty()) {
			throw noMatch(700213, "subject", subject);
		}
		if (ofSubject.stream().noneMatch((credential) -> audiences(token).contains(credential.audience()))) {
			throw noMatch(700212, "audience", String.join(" ", audiences(token)));
		}
	}

	private static void checkTime(Jwt token, long now, long leeway) {
		long expires = token.claims().path("exp").asLong(0);
		long begins = token.claims().path("nbf").asLong(0);
		if (now >= expires + leeway || now < begins - leeway) {
			throw new SignInRefused(700024,
					"Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s."
						.formatted(Instant.ofEpochSecond(now), Instant.ofEpochSecond(begins),
								Instant.ofEpochSecond(expires)));
		}
	}

	/** Whatever the host is called here. */
	private static boolean isTokenEndpoint(String audience, Tenant tenant) {
		try {
			String path = String.valueOf(URI.create(audience).getPath()).toLowerCase(Locale.ROOT);
			return List.of(tenant.id(), tenant.spec().domain())
				.stream()
				.anyMatch((name) -> path.equals('/' + name + "/oauth2/v2.0/token") || path.equals('/' + name + "/v2.0")
						|| path.equals('/' + name + '/'));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static List<String> audiences(Jwt token) {
		JsonNode audience = token.claims().path("aud");
		List<String> audiences = new ArrayList<>();
		if (audience.isArray()) {
			audience.forEach((one) -> audiences.add(one.asString("")));
		}
		else {
			audiences.add(audience.asString(""));
		}
		return audiences;
	}

	private static List<String> thumbprints(X509Certificate certificate) {
		try {
			byte[] encoded = certificate.getEncoded();
			byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(encoded);
			byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(encoded);
			return List.of(Jwt.encode(sha1), Jwt.encode(sha256), HexFormat.of().formatHex(sha1),
					HexFormat.of().withUpperCase().formatHex(sha1));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("a certificate's thumbprint cannot be told", ex);
		}
	}

	/** Official clients write thumbprints in either alphabet of Base64. */
	private static @Nullable String first(JsonNode header, String... names) {
		for (String name : names) {
			String value = header.path(name).asString("");
			if (!value.isEmpty()) {
				return value.replace("=", "").replace('+', '-').replace('/', '_');
			}
		}
		return null;
	}

	private static SignInRefused invalidKey(String reason, String thumbprint) {
		return new SignInRefused(700027,
				"Client assertion failed signature validation. [Reason - %s, Thumbprint of key used by client: '%s']"
					.formatted(reason, thumbprint));
	}

	private static SignInRefused noMatch(int code, String what, String presented) {
		return new SignInRefused(code,
				("No matching federated identity record found for presented assertion %s '%s'. Check your federated "
						+ "identity credential Subject, Audience and Issuer against the presented assertion.")
					.formatted(what, presented));
	}

}
