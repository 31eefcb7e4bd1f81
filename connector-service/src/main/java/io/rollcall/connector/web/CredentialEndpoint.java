package io.rollcall.connector.web;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.credential.Credentials;
import io.rollcall.connector.flow.credential.Credentials.Uploaded;
import io.rollcall.connector.flow.credential.Federations;
import io.rollcall.connector.flow.credential.Federations.Federation;
import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Credentials of connections, of which only the public half is ever given out, and the
 * federations that are configured.
 */
@RestController
class CredentialEndpoint {

	private static final int USUAL_DAYS = 365;

	private final Credentials credentials;

	private final Federations federations;

	CredentialEndpoint(Credentials credentials, Federations federations) {
		this.credentials = credentials;
		this.federations = federations;
	}

	/** Makes a key and its certificate, to be registered, tested and then used. */
	@PostMapping("/api/connections/{id}/certificate")
	@ResponseStatus(HttpStatus.CREATED)
	Certificate make(@PathVariable String id, @RequestBody(required = false) @Nullable Wanted wanted) {
		int days = (wanted != null && wanted.days() != null) ? wanted.days() : USUAL_DAYS;
		return read(this.credentials.make(new ConnectionId(id), days));
	}

	/** Takes a certificate that was made elsewhere. */
	@PutMapping("/api/connections/{id}/certificate")
	Certificate upload(@PathVariable String id, @RequestBody Body body) {
		return read(this.credentials.upload(new ConnectionId(id), body.uploaded()));
	}

	@GetMapping("/api/connections/{id}/certificate")
	Certificate certificate(@PathVariable String id) {
		return read(this.credentials.shown(new ConnectionId(id)));
	}

	@GetMapping("/api/connections/{id}/certificate.pem")
	ResponseEntity<String> pem(@PathVariable String id) {
		return file(id, "pem").contentType(MediaType.parseMediaType("application/x-pem-file"))
			.body(certificate(id).pem());
	}

	@GetMapping("/api/connections/{id}/certificate.cer")
	ResponseEntity<byte[]> cer(@PathVariable String id) throws GeneralSecurityException {
		return file(id, "cer").contentType(MediaType.parseMediaType("application/pkix-cert"))
			.body(x509(certificate(id).pem()).getEncoded());
	}

	@GetMapping("/api/federations")
	List<Federation> federations() {
		return this.federations.all();
	}

	private static ResponseEntity.BodyBuilder file(String id, String ending) {
		return ResponseEntity.ok()
			.header("Content-Disposition", "attachment; filename=\"rollcall-" + id + "." + ending + '"');
	}

	private static Certificate read(Credential credential) {
		String pem = Objects.requireNonNull(credential.certificate());
		try {
			X509Certificate certificate = x509(pem);
			return new Certificate(certificate.getSubjectX500Principal().getName(), digest("SHA-1", certificate),
					digest("SHA-256", certificate), certificate.getNotBefore().toInstant(),
					certificate.getNotAfter().toInstant(), pem);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A stored certificate cannot be read", ex);
		}
	}

	private static String digest(String algorithm, X509Certificate certificate) throws GeneralSecurityException {
		return HexFormat.of()
			.withUpperCase()
			.formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
	}

	private static X509Certificate x509(String pem) throws GeneralSecurityException {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
	}

	record Wanted(@Nullable Integer days) {
	}

	/**
	 * What is uploaded.
	 *
	 * @param pfx base64
	 * @param pem certificate and unencrypted PKCS#8 key
	 */
	record Body(@Nullable String pfx, @Nullable String password, @Nullable String pem) {

		Uploaded uploaded() {
			try {
				return new Uploaded((this.pfx != null) ? Base64.getMimeDecoder().decode(this.pfx) : null, this.password,
						this.pem);
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("pfx must be base64");
			}
		}

		@Override
		public String toString() {
			return "(a certificate with its key)";
		}

	}

	/**
	 * The public half.
	 *
	 * @param thumbprint SHA-1, as Entra's pages show it
	 */
	record Certificate(String subject, String thumbprint, String thumbprintSha256, Instant begins, Instant endsAt,
			String pem) {
	}

}
