package io.rollcall.connector.graph;

import java.net.MalformedURLException;
import java.util.Set;
import java.util.concurrent.CompletionException;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import okhttp3.OkHttpClient;

import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;

/** The access tokens of one credential. */
final class Tokens {

	private final String scope;

	private final Credential credential;

	private final ConfidentialClientApplication application;

	/** Whether Graph refused the token: it may have been revoked. */
	private volatile boolean refused;

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
	 * A token for Graph, which msal4j keeps until shortly before its end; throws what
	 * msal4j or the network throws, for {@link Failures} to translate.
	 */
	String get() {
		try {
			String token = this.application
				.acquireToken(ClientCredentialParameters.builder(Set.of(this.scope)).skipCache(this.refused).build())
				.join()
				.accessToken();
			this.refused = false;
			return token;
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** Forgets the token, as Graph refused it. */
	void forget() {
		this.refused = true;
	}

}
