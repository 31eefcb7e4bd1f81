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
import java.util.concurrent.TimeUnit;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins the parts that talk to Graph. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GraphSettings.class)
@Import({ Failures.class, Certifying.class, FederatedTokens.class, ClientCredentials.class, GraphHttp.class,
		GraphTenants.class, GraphSubscriptions.class, GraphProbes.class, GraphConsentPages.class })
public class GraphConfiguration {

	private static final Duration BETWEEN_BYTES = Duration.ofSeconds(60);

	/**
	 * The one HTTP client for Graph and tokens. It has no call timeout, as a large page
	 * may take its time, and no retries: the flow owns them.
	 */
	@Bean
	OkHttpClient graphHttp(GraphSettings settings) {
		OkHttpClient.Builder client = new OkHttpClient.Builder().connectTimeout(Duration.ofSeconds(10))
			.readTimeout(BETWEEN_BYTES)
			.writeTimeout(BETWEEN_BYTES)
			.followRedirects(false)
			.connectionPool(new ConnectionPool(settings.concurrentRequests(), 5, TimeUnit.MINUTES));
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
