package io.rollcall.simulator;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Set;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import io.rollcall.simulator.control.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulator over https, which msal4j insists on. */
class TlsTests {

	@TempDir
	private Path folder;

	@Test
	void msal4jTrustsTheCertificateThatTheSimulatorWrote() throws Exception {
		Path authority = this.folder.resolve("deep/ca.pem");
		try (var context = SimulatorApplication.application()
			.run("--server.port=0", "--logging.level.root=WARN", "--rollcall.simulator.tls=true",
					"--rollcall.simulator.tls-names=graph.test,10.1.2.3", "--rollcall.simulator.ca-file=" + authority,
					"--rollcall.simulator.tenants[0].users=50", "--rollcall.simulator.tenants[0].domain=tls.example",
					"--rollcall.simulator.tenants[0].life=hire Ada Lovelace")) {
			String base = "https://localhost:" + context.getEnvironment().getProperty("local.server.port");
			SSLContext ssl = trusting(authority);
			String token = ConfidentialClientApplication
				.builder(World.DEFAULT_APP, ClientCredentialFactory.createFromSecret(World.DEFAULT_SECRET))
				.authority(base + "/tls.example")
				.instanceDiscovery(false)
				.sslSocketFactory(ssl.getSocketFactory())
				.build()
				.acquireToken(
						ClientCredentialParameters.builder(Set.of("https://graph.microsoft.com/.default")).build())
				.get()
				.accessToken();
			HttpResponse<String> users = HttpClient.newBuilder()
				.sslContext(ssl)
				.build()
				.send(HttpRequest.newBuilder(URI.create(base + "/v1.0/users/delta"))
					.header("Authorization", "Bearer " + token)
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(users.body()).contains("Ada", "\"@odata.deltaLink\":\"" + base + "/v1.0/users/delta");
		}
	}

	private static SSLContext trusting(Path pem) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		try (InputStream in = Files.newInputStream(pem)) {
			store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

}
