package io.rollcall.connector.graph;

import java.net.URI;
import java.util.Map;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import io.rollcall.connector.flow.Connection;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The SDK's client for a connection, and raw requests with the same authentication. */
final class GraphClients {

	private final GraphSettings settings;

	private final OkHttpClient http;

	private final Tokens tokens;

	GraphClients(GraphSettings settings, OkHttpClient http, Tokens tokens) {
		this.settings = settings;
		this.http = http;
		this.tokens = tokens;
	}

	String endpoint() {
		return this.settings.endpoint();
	}

	Tokens tokens() {
		return this.tokens;
	}

	GraphServiceClient sdk(Connection connection) {
		return new GraphServiceClient(adapter(connection));
	}

	/**
	 * Sends a GET; the caller closes the response. Blocks.
	 * @throws LinkLeadsAway when the URL is not Graph's: our token is not sent there
	 */
	Response get(Connection connection, String url) throws java.io.IOException {
		URI uri = URI.create(url);
		URI graph = URI.create(endpoint());
		if (!graph.getScheme().equals(uri.getScheme()) || !graph.getAuthority().equals(uri.getAuthority())) {
			throw new LinkLeadsAway(uri);
		}
		RequestInformation information = new RequestInformation();
		information.httpMethod = HttpMethod.GET;
		information.setUri(uri);
		Request request = adapter(connection).convertToNativeRequest(information);
		return this.http.newCall(request).execute();
	}

	private BaseGraphRequestAdapter adapter(Connection connection) {
		return new BaseGraphRequestAdapter(
				new BaseBearerTokenAuthenticationProvider(new ConnectionTokens(this.tokens, connection)), endpoint(),
				this.http);
	}

	/** A link in an answer of Graph that leads to another host. */
	static final class LinkLeadsAway extends RuntimeException {

		private static final long serialVersionUID = 1L;

		LinkLeadsAway(URI uri) {
			super("Graph's answer has a link to another host, %s".formatted(uri.getAuthority()));
		}

	}

	/** Any host, as requests are built for Graph's endpoint only. */
	private record ConnectionTokens(Tokens tokens, Connection connection) implements AccessTokenProvider {

		@Override
		public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
			return this.tokens.get(this.connection);
		}

		@Override
		public AllowedHostsValidator getAllowedHostsValidator() {
			return new AllowedHostsValidator();
		}

	}

}
