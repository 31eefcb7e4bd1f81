package io.rollcall.connector.graph;

import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Credential;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;

/** The access tokens of one credential. */
final class Tokens {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);

	private final String scope;

	private final Shown shown;

	private final ConfidentialClientApplication application;

	private @Nullable IAuthenticationResult token;

	/** What a connection shows to Entra. */
	record Shown(String tenant, String clientId, Credential credential) {

		static Shown of(Connection connection) {
			return new Shown(connection.tenant(), connection.clientId(),
					Objects.requireNonNull(connection.credential(), "a connection without a credential is not asked"));
		}

	}

	Tokens(GraphSettings settings, Shown shown, IClientCredential credential, OkHttpClient client) {
		this.scope = settings.scope();
		this.shown = shown;
		this.application = application(settings, shown.tenant(), shown.clientId(), credential, client);
	}

	/** An application as a tenant knows it. */
	static ConfidentialClientApplication application(GraphSettings settings, String tenant, String clientId,
			IClientCredential credential, OkHttpClient client) {
		try {
			return ConfidentialClientApplication.builder(clientId, credential)
				.authority(settings.login().replaceFirst("^http:", "https:") + "/" + tenant + "/")
				.instanceDiscovery(false)
				.httpClient(new TokenHttp(client, settings.login().startsWith("http:")))
				// On the thread that asks: msal4j's own may see other classes than ours.
				.executorService(new ExecutorServiceAdapter(new SyncTaskExecutor()))
				.build();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("'%s' is not a tenant id".formatted(tenant), ex);
		}
	}

	Shown shown() {
		return this.shown;
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
				there = acquire();
				this.token = there;
			}
			return there.accessToken();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** The token of an issuer may just have been renewed: one more try with a new one. */
	private IAuthenticationResult acquire() {
		ClientCredentialParameters wanted = ClientCredentialParameters.builder(Set.of(this.scope))
			.skipCache(true)
			.build();
		try {
			return this.application.acquireToken(wanted).join();
		}
		catch (CompletionException ex) {
			if (this.shown.credential().kind() == Credential.Kind.FEDERATION
					&& ex.getCause() instanceof MsalServiceException refused
					&& String.valueOf(refused.getMessage()).matches("(?s).*AADSTS(700024|50027)\\b.*")) {
				return this.application.acquireToken(wanted).join();
			}
			throw ex;
		}
	}

	/**
	 * The permissions that a token tells of. Microsoft asks nobody to depend on its form,
	 * so nothing hangs on it alone.
	 */
	static @Nullable Set<String> roles(String token) {
		String[] parts = token.split("\\.");
		if (parts.length != 3) {
			return null;
		}
		try {
			Set<String> roles = new TreeSet<>();
			JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
				.path("roles")
				.forEach((role) -> roles.add(role.asString("")));
			return roles;
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return null;
		}
	}

	/** Forgets the token, as Graph refused it: it may have been revoked. */
	synchronized void forget() {
		this.token = null;
	}

}
