package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.graph.Failures.Asked;
import io.rollcall.connector.graph.Tokens.Credential;
import io.rollcall.connector.rules.Failure;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.run.Problem;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Graph with a connection's token. Requests are limited over all connections, first
 * come, first served.
 */
final class GraphHttp {

	private static final MediaType JSON = MediaType.get("application/json");

	private final GraphSettings settings;

	private final OkHttpClient http;

	private final Failures failures;

	private final Semaphore requests;

	private final Map<ConnectionId, Tokens> tokens = new ConcurrentHashMap<>();

	GraphHttp(GraphSettings settings, OkHttpClient http, Failures failures) {
		this.settings = settings;
		this.http = http;
		this.failures = failures;
		this.requests = new Semaphore(settings.concurrentRequests(), true);
	}

	String endpoint() {
		return this.settings.endpoint();
	}

	/** Whether Entra accepts the credential. */
	Answer<Boolean> accepts(Connection connection) {
		return this.failures.translated(() -> {
			tokens(connection).get();
			return new Answer.Got<>(true);
		});
	}

	/** Forgets the tokens of a connection. */
	void forget(ConnectionId connection) {
		this.tokens.remove(connection);
	}

	<T> Answer<T> get(Connection connection, String url, Asked asked, Function<InputStream, T> reader) {
		return ask(connection, "GET", url, null, asked, reader);
	}

	/**
	 * Sends a request, when it is its turn.
	 * @param content is sent as JSON
	 * @param reader of what is answered
	 */
	<T> Answer<T> ask(Connection connection, String method, String url, @Nullable Map<String, String> content,
			Asked asked, Function<InputStream, T> reader) {
		if (connection.clientSecret() == null) {
			return new Answer.Failed<>(new Failure.Denied(Problem.Code.CREDENTIAL_REJECTED, true,
					"The client secret is missing or cannot be decrypted: save it again"));
		}
		return this.failures.translated(() -> {
			Request.Builder request = new Request.Builder().url(ofGraph(url))
				.header("Accept", "application/json")
				.method(method, (content != null)
						? RequestBody.create(JsonMapper.shared().writeValueAsBytes(content), JSON) : null);
			this.requests.acquireUninterruptibly();
			try {
				Answer<T> answer = once(connection, request, asked, reader);
				if (answer instanceof Answer.Failed<T>(Failure.Denied denied)
						&& denied.code() == Problem.Code.CREDENTIAL_REJECTED) {
					// The token may have been revoked before its time: one try with a new
					// one.
					tokens(connection).forget();
					return once(connection, request, asked, reader);
				}
				return answer;
			}
			finally {
				this.requests.release();
			}
		});
	}

	private <T> Answer<T> once(Connection connection, Request.Builder request, Asked asked,
			Function<InputStream, T> reader) throws IOException {
		request.header("Authorization", "Bearer " + tokens(connection).get());
		try (Response response = this.http.newCall(request.build()).execute();
				ResponseBody body = response.body();
				InputStream bytes = (body != null) ? body.byteStream() : InputStream.nullInputStream()) {
			if (response.isSuccessful()) {
				return new Answer.Got<>(reader.apply(bytes));
			}
			ErrorBody error = ErrorBody.read(bytes);
			var retryAfter = response.headers("Retry-After");
			return new Answer.Failed<>(this.failures.ofStatus(response.code(),
					retryAfter.isEmpty() ? null : String.join(",", retryAfter), error.code(), error.message(), asked));
		}
	}

	/** Our token goes to Graph only. */
	private String ofGraph(String url) {
		URI uri = URI.create(url);
		URI graph = URI.create(endpoint());
		if (!graph.getScheme().equals(uri.getScheme()) || !graph.getAuthority().equals(uri.getAuthority())) {
			throw new PageParser.Unreadable(
					new IllegalArgumentException("it has a link to another host, " + uri.getAuthority()));
		}
		return url;
	}

	private Tokens tokens(Connection connection) {
		Credential credential = Credential.of(connection);
		return this.tokens.compute(connection.id(),
				(_, there) -> (there != null && there.credential().equals(credential)) ? there
						: new Tokens(this.settings, credential, this.http));
	}

}
