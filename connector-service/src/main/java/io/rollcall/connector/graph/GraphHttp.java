package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.graph.Failures.Asked;
import io.rollcall.connector.graph.Tokens.Shown;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Feature;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.run.Problem;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.JsonNode;

/**
 * Asks Graph with a connection's token. Requests are limited over all connections, first
 * come, first served.
 */
final class GraphHttp {

	private final GraphSettings settings;

	private final ClientCredentials credentials;

	private final OkHttpClient http;

	private final Failures failures;

	private final Semaphore requests;

	private final Map<ConnectionId, Tokens> tokens = new ConcurrentHashMap<>();

	GraphHttp(GraphSettings settings, ClientCredentials credentials, OkHttpClient http, Failures failures) {
		this.settings = settings;
		this.credentials = credentials;
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

	/** The features that a new token has permissions for; none where it does not tell. */
	Answer<Set<Feature>> granted(Connection connection) {
		return this.failures.translated(() -> {
			Tokens all = tokens(connection);
			all.forget();
			Set<String> roles = Tokens.roles(all.get());
			Set<Feature> granted = EnumSet.noneOf(Feature.class);
			for (Feature feature : Feature.values()) {
				if (roles != null && feature.openedBy(roles) != null) {
					granted.add(feature);
				}
			}
			return new Answer.Got<>(granted);
		});
	}

	/** Forgets the tokens of a connection. */
	void forget(ConnectionId connection) {
		this.tokens.remove(connection);
	}

	/**
	 * Reads a body as it comes.
	 * @param reader of what is answered
	 */
	<T> Answer<T> get(Connection connection, String url, Asked asked, Function<InputStream, T> reader) {
		return inTurn(connection, () -> {
			Request.Builder request = new Request.Builder().url(ofGraph(url)).header("Accept", "application/json");
			return once(connection, request, asked, reader);
		});
	}

	/** Asks by the SDK. */
	<T> Answer<T> bySdk(Connection connection, Function<GraphServiceClient, T> asking) {
		return inTurn(connection, () -> new Answer.Got<>(asking.apply(sdk(tokens(connection), endpoint(), this.http))));
	}

	private <T> Answer<T> inTurn(Connection connection, Callable<Answer<T>> asking) {
		if (connection.credential() == null) {
			return new Answer.Failed<>(new Failure.Denied(Problem.Code.CREDENTIAL_REJECTED, true,
					"The credential is missing or cannot be decrypted: save it again"));
		}
		this.requests.acquireUninterruptibly();
		try {
			Answer<T> answer = this.failures.translated(asking);
			if (answer instanceof Answer.Failed<T>(Failure.Denied denied)
					&& denied.code() == Problem.Code.CREDENTIAL_REJECTED && !denied.certain()) {
				// The token may have been revoked before its time: one try with a new
				// one.
				tokens(connection).forget();
				return this.failures.translated(asking);
			}
			return answer;
		}
		finally {
			this.requests.release();
		}
	}

	/**
	 * Made where it is used, which is seldom. The SDK looks for its parts through the
	 * thread's class loader, which does not see them on every thread of a packed
	 * application.
	 */
	static GraphServiceClient sdk(Tokens tokens, String endpoint, OkHttpClient http) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(GraphHttp.class.getClassLoader());
		try {
			return new GraphServiceClient(new BaseGraphRequestAdapter(
					new BaseBearerTokenAuthenticationProvider(new GraphTokens(tokens)), endpoint, http));
		}
		finally {
			thread.setContextClassLoader(before);
		}
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
			return new Answer.Failed<>(this.failures.ofStatus(response.code(),
					Failures.joined(response.headers("Retry-After")), error.code(), error.message(), asked));
		}
	}

	/** Our token goes to Graph only. */
	String ofGraph(String url) {
		URI uri = URI.create(url);
		URI graph = URI.create(endpoint());
		if (!graph.getScheme().equals(uri.getScheme()) || !graph.getAuthority().equals(uri.getAuthority())) {
			throw new PageParser.Unreadable(
					new IllegalArgumentException("it has a link to another host, " + uri.getAuthority()));
		}
		return url;
	}

	private Tokens tokens(Connection connection) {
		Shown shown = Shown.of(connection);
		return this.tokens.compute(connection.id(), (_, there) -> (there != null && there.shown().equals(shown)) ? there
				: this.credentials.tokens(connection, this.http));
	}

	/** For any host, as requests are built for Graph's endpoint only. */
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

	/** What the body of an error says, if it says anything. */
	record ErrorBody(@Nullable String code, @Nullable String message) {

		private static final JsonMapper JSON = JsonMapper.shared();

		private static final int ENOUGH = 16 * 1024;

		static ErrorBody read(InputStream body) throws IOException {
			String text = new String(body.readNBytes(ENOUGH), StandardCharsets.UTF_8);
			try {
				JsonNode error = JSON.readTree(text).path("error");
				return new ErrorBody(error.path("code").asStringOpt().orElse(null),
						error.path("message").asStringOpt().orElse(null));
			}
			catch (JacksonException ex) {
				// A proxy's HTML page, perhaps; its first words are better than nothing.
				return new ErrorBody(null, text.substring(0, Math.min(text.length(), 200)));
			}
		}

	}

}
