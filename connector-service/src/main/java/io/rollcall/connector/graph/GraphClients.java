package io.rollcall.connector.graph;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.graph.Tokens.Credential;
import io.rollcall.model.ConnectionId;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The client of each connection: one token source and one SDK. Requests are limited over
 * all connections, first come, first served.
 */
final class GraphClients {

	private final GraphSettings settings;

	private final OkHttpClient http;

	private final Semaphore requests;

	private final Map<ConnectionId, Client> clients = new ConcurrentHashMap<>();

	private record Client(Credential credential, Tokens tokens, GraphServiceClient sdk) {
	}

	GraphClients(GraphSettings settings, OkHttpClient http) {
		this.settings = settings;
		this.http = http;
		this.requests = new Semaphore(settings.concurrentRequests(), true);
	}

	String endpoint() {
		return this.settings.endpoint();
	}

	/** Does what asks Graph, when it is its turn. */
	<T> T inTurn(Asking<T> asking) throws IOException {
		this.requests.acquireUninterruptibly();
		try {
			return asking.ask();
		}
		finally {
			this.requests.release();
		}
	}

	/** What asks Graph. */
	interface Asking<T> {

		T ask() throws IOException;

	}

	GraphServiceClient sdk(Connection connection) {
		return client(connection).sdk();
	}

	Tokens tokens(Connection connection) {
		return client(connection).tokens();
	}

	void forget(ConnectionId connection) {
		this.clients.remove(connection);
	}

	/**
	 * Sends a GET; the caller closes the response.
	 * @throws LinkLeadsAway when the URL is not Graph's: our token is not sent there
	 */
	Response get(Connection connection, String url) throws IOException {
		checkHost(url);
		Request request = new Request.Builder().url(url)
			.header("Authorization", "Bearer " + tokens(connection).get())
			.header("Accept", "application/json")
			.build();
		return this.http.newCall(request).execute();
	}

	/** Our token goes to Graph only. */
	void checkHost(String url) {
		URI uri = URI.create(url);
		URI graph = URI.create(endpoint());
		if (!graph.getScheme().equals(uri.getScheme()) || !graph.getAuthority().equals(uri.getAuthority())) {
			throw new LinkLeadsAway(uri);
		}
	}

	private Client client(Connection connection) {
		Credential credential = Credential.of(connection);
		Client there = this.clients.get(connection.id());
		if (there != null && there.credential().equals(credential)) {
			return there;
		}
		Client made = withOurClassLoader(() -> client(credential));
		this.clients.put(connection.id(), made);
		return made;
	}

	private Client client(Credential credential) {
		Tokens tokens = new Tokens(this.settings, credential, this.http);
		return new Client(credential, tokens, new GraphServiceClient(new BaseGraphRequestAdapter(
				new BaseBearerTokenAuthenticationProvider(new GraphTokens(tokens)), endpoint(), this.http)));
	}

	/**
	 * The libraries look for their parts through the thread's class loader, which does
	 * not see them on every thread of a packed application.
	 */
	private static <T> T withOurClassLoader(Supplier<T> making) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(GraphClients.class.getClassLoader());
		try {
			return making.get();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/** A link in an answer of Graph that leads to another host. */
	static final class LinkLeadsAway extends RuntimeException {

		private static final long serialVersionUID = 1L;

		LinkLeadsAway(URI uri) {
			super("Graph's answer has a link to another host, %s".formatted(uri.getAuthority()));
		}

	}

	/** Any host, as requests are built for Graph's endpoint only. */
	private record GraphTokens(Tokens tokens) implements AccessTokenProvider {

		@Override
		public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
			return this.tokens.get();
		}

		@Override
		public AllowedHostsValidator getAllowedHostsValidator() {
			return new AllowedHostsValidator();
		}

	}

}
