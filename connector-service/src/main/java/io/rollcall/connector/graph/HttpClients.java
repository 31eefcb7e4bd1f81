package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client for Graph and tokens. It has no call timeout, as a large page may
 * take its time, and no retries: the flow owns them.
 */
final class HttpClients {

	private static final int IDLE = 32;

	private HttpClients() {
	}

	static OkHttpClient create(GraphSettings settings) {
		OkHttpClient.Builder client = new OkHttpClient.Builder().connectTimeout(settings.connectTimeout())
			.readTimeout(settings.readTimeout())
			.writeTimeout(settings.readTimeout())
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
			KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			int count = 0;
			for (X509Certificate usual : trustManager(null).getAcceptedIssuers()) {
				trusted.setCertificateEntry("usual-" + count++, usual);
			}
			for (Certificate extra : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
				trusted.setCertificateEntry("extra-" + count++, extra);
			}
			X509TrustManager both = trustManager(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { both }, null);
			client.sslSocketFactory(context.getSocketFactory(), both);
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(
					"rollcall.graph.ca-file '%s' cannot be used: it must be a readable PEM file of certificates"
						.formatted(file),
					ex);
		}
	}

	private static X509TrustManager trustManager(@Nullable KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return Arrays.stream(factory.getTrustManagers())
			.filter(X509TrustManager.class::isInstance)
			.map(X509TrustManager.class::cast)
			.findFirst()
			.orElseThrow();
	}

}
