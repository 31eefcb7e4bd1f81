package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;

/**
 * The one HTTP client for Graph and tokens. It has no call timeout, as a large page may
 * take its time, and no retries: the flow owns them.
 */
final class HttpClients {

	private static final int IDLE = 32;

	private static final Duration BETWEEN_BYTES = Duration.ofSeconds(60);

	private HttpClients() {
	}

	static OkHttpClient create(GraphSettings settings) {
		OkHttpClient.Builder client = new OkHttpClient.Builder().connectTimeout(Duration.ofSeconds(10))
			.readTimeout(BETWEEN_BYTES)
			.writeTimeout(BETWEEN_BYTES)
			.callTimeout(Duration.ZERO)
			.followRedirects(false)
			.connectionPool(new ConnectionPool(IDLE, 5, java.util.concurrent.TimeUnit.MINUTES));
		if (settings.caFile() != null) {
			trust(client, settings.caFile());
		}
		return client.build();
	}

	private static void trust(OkHttpClient.Builder client, Path file) {
		try (InputStream pem = Files.newInputStream(file)) {
			HandshakeCertificates.Builder trusted = new HandshakeCertificates.Builder()
				.addPlatformTrustedCertificates();
			for (Certificate extra : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
				trusted.addTrustedCertificate((X509Certificate) extra);
			}
			HandshakeCertificates certificates = trusted.build();
			client.sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager());
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(
					"rollcall.graph.ca-file '%s' cannot be used: it must be a readable PEM file of certificates"
						.formatted(file),
					ex);
		}
	}

}
