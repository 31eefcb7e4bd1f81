package io.rollcall.connector.graph;

import java.net.MalformedURLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import okhttp3.OkHttpClient;

/**
 * Access tokens by client credential; msal4j caches them until shortly before their end.
 */
final class Tokens {

	private final GraphSettings settings;

	private final TokenHttp http;

	private final Map<Credential, ConfidentialClientApplication> applications = new ConcurrentHashMap<>();

	private record Credential(String tenant, String clientId, Secret secret) {
	}

	Tokens(GraphSettings settings, OkHttpClient client) {
		this.settings = settings;
		this.http = new TokenHttp(client, settings.login().startsWith("http:"));
	}

	/**
	 * A token for Graph; throws what msal4j or the network throws, for {@link Failures}
	 * to translate. Blocks.
	 */
	String get(Connection connection) {
		ConfidentialClientApplication application = this.applications.computeIfAbsent(credential(connection),
				this::application);
		try {
			return application.acquireToken(ClientCredentialParameters.builder(Set.of(this.settings.scope())).build())
				.join()
				.accessToken();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** Forgets the tokens of a connection, as Graph refused one. */
	void forget(Connection connection) {
		this.applications.remove(credential(connection));
	}

	private static Credential credential(Connection connection) {
		Secret secret = connection.clientSecret();
		return new Credential(connection.tenant(), connection.clientId(), (secret != null) ? secret : new Secret(""));
	}

	private ConfidentialClientApplication application(Credential credential) {
		try {
			return ConfidentialClientApplication
				.builder(credential.clientId(), ClientCredentialFactory.createFromSecret(credential.secret().value()))
				.authority(this.settings.login().replaceFirst("^http:", "https:") + "/" + credential.tenant() + "/")
				.instanceDiscovery(false)
				.httpClient(this.http)
				.build();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("'%s' is not a tenant id".formatted(credential.tenant()), ex);
		}
	}

}
