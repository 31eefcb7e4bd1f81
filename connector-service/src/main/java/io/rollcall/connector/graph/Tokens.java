package io.rollcall.connector.graph;

import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionException;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;

/** The access tokens of one credential. */
final class Tokens {

	private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);

	private final String scope;

	private final Credential credential;

	private final ConfidentialClientApplication application;

	private @Nullable IAuthenticationResult token;

	/** What a connection shows to Entra. */
	record Credential(String tenant, String clientId, Secret secret) {

		static Credential of(Connection connection) {
			Secret secret = connection.clientSecret();
			return new Credential(connection.tenant(), connection.clientId(),
					(secret != null) ? secret : new Secret(""));
		}

	}

	Tokens(GraphSettings settings, Credential credential, OkHttpClient client) {
		this.scope = settings.scope();
		this.credential = credential;
		try {
			this.application = ConfidentialClientApplication
				.builder(credential.clientId(), ClientCredentialFactory.createFromSecret(credential.secret().value()))
				.authority(settings.login().replaceFirst("^http:", "https:") + "/" + credential.tenant() + "/")
				.instanceDiscovery(false)
				.httpClient(new TokenHttp(client, settings.login().startsWith("http:")))
				// On the thread that asks: msal4j's own may see other classes than ours.
				.executorService(new ExecutorServiceAdapter(new SyncTaskExecutor()))
				.build();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("'%s' is not a tenant id".formatted(credential.tenant()), ex);
		}
	}

	Credential credential() {
		return this.credential;
	}

	/**
	 * A token for Graph; throws what msal4j or the network throws, for {@link Failures}
	 * to translate. It is kept here, as msal4j keeps none of an authority that it does
	 * not know.
	 */
	synchronized String get() {
		try {
			IAuthenticationResult there = this.token;
			if (there == null || there.expiresOnDate().toInstant().minus(BEFORE_ITS_END).isBefore(Instant.now())) {
				there = this.application
					.acquireToken(ClientCredentialParameters.builder(Set.of(this.scope)).skipCache(true).build())
					.join();
				this.token = there;
			}
			return there.accessToken();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** Forgets the token, as Graph refused it: it may have been revoked. */
	synchronized void forget() {
		this.token = null;
	}

}
