package io.rollcall.connector.graph;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.graph.models.Subscription;
import com.microsoft.graph.models.SubscriptionCollectionResponse;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.ApiException;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.selftest.Probes;
import io.rollcall.connector.flow.selftest.Probes.Said.Origin;
import io.rollcall.connector.rules.Resource;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.util.StringUtils;

/** Small questions to Entra and Graph, each with a time limit of its own. */
final class GraphProbes implements Probes {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** Graph waits 10 s for the webhook, twice. */
	private static final Duration LIMIT_OF_HANDSHAKES = Duration.ofSeconds(25);

	/** The shortest that Graph keeps one, should it not be taken back. */
	private static final Duration LIFETIME = Duration.ofMinutes(45);

	/** Another combination than that of the subscriptions that are in use. */
	private static final String CHANGE_TYPE = "deleted";

	private static final String RESOURCE = "/users";

	private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d+)");

	private static final int LONGEST_MESSAGE = 500;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final GraphSettings settings;

	private final ClientCredentials credentials;

	private final OkHttpClient http;

	private final String publicUrl;

	private final InstantSource clock;

	GraphProbes(GraphSettings settings, ClientCredentials credentials, OkHttpClient http,
			@Value("${rollcall.public-url:}") String publicUrl, InstantSource clock) {
		this.settings = settings;
		this.credentials = credentials;
		this.http = limited(http, LIMIT);
		this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
		this.clock = clock;
	}

	@Override
	public Probe of(Connection connection) {
		return new Asked(connection);
	}

	@Override
	public boolean hasPublicUrl() {
		return !this.publicUrl.isBlank();
	}

	private static OkHttpClient limited(OkHttpClient http, Duration limit) {
		return http.newBuilder().callTimeout(limit).build();
	}

	/** One connection, asked. */
	private final class Asked implements Probe {

		private final Connection connection;

		private volatile @Nullable Tokens tokens;

		/** What the last answer of anybody said about the time. */
		private volatile @Nullable Duration ahead;

		Asked(Connection connection) {
			this.connection = connection;
		}

		@Override
		public Reply<Token> token() {
			if (!this.connection.isComplete()) {
				return new Reply.Refused<>(new Said(Origin.ROLLCALL, 0, null,
						"The connection has no credential, or one that cannot be decrypted"));
			}
			return translated(() -> {
				Tokens made = GraphProbes.this.credentials.tokens(this.connection, GraphProbes.this.http);
				Token token = new Token(Tokens.roles(made.get()));
				this.tokens = made;
				return new Reply.Got<>(token);
			});
		}

		@Override
		public Reply<Found> read(Resource resource, List<String> attributes) {
			return get(path(resource) + "?$top=1&$select=" + select(attributes), (page) -> {
				JsonNode first = page.path("value").path(0);
				return first.isMissingNode() ? Found.NOTHING
						: first.path("displayName").isString() ? Found.WHOLE : Found.THIN;
			});
		}

		@Override
		public Reply<Boolean> delta(Resource resource, List<String> attributes) {
			Reply<String> link = get(path(resource) + "/delta?$deltatoken=latest&$select=" + select(attributes),
					(page) -> page.path("@odata.deltaLink").asString(""));
			return switch (link) {
				case Reply.Got<String>(String url) ->
					url.startsWith(GraphProbes.this.settings.endpoint()) ? get(url, (_) -> true) : new Reply.Refused<>(
							new Said(Origin.GRAPH, 200, null, "The answer has no delta link of Graph"));
				case Reply.Refused<String>(Said said) -> new Reply.Refused<>(said);
			};
		}

		@Override
		public Reply<Boolean> webhook() {
			return translated(() -> {
				GraphServiceClient sdk = GraphHttp.sdk(tokensThere(), GraphProbes.this.settings.endpoint(),
						limited(GraphProbes.this.http, LIMIT_OF_HANDSHAKES));
				Subscription made;
				try {
					made = sdk.subscriptions().post(wanted());
				}
				catch (ApiException ex) {
					// One that was not taken back, or another test's of this moment.
					if (ex.getResponseStatusCode() != 409 || !deleteOurs(sdk)) {
						throw ex;
					}
					made = sdk.subscriptions().post(wanted());
				}
				delete(sdk, made);
				return new Reply.Got<>(true);
			});
		}

		@Override
		public @Nullable Duration clockAhead() {
			if (this.ahead == null) {
				get(GraphProbes.this.settings.endpoint() + "/organization?$select=id", (_) -> true);
			}
			return this.ahead;
		}

		@Override
		public Reply<List<Instant>> secretEnds() {
			Credential credential = Objects.requireNonNull(this.connection.credential());
			String secret = credential.own().value();
			String hint = secret.substring(0, Math.min(3, secret.length()));
			return get(GraphProbes.this.settings.endpoint() + "/applications(appId='"
					+ URLEncoder.encode(this.connection.clientId(), StandardCharsets.UTF_8)
					+ "')?$select=passwordCredentials", (application) -> {
						List<Instant> ends = new ArrayList<>();
						for (JsonNode each : application.path("passwordCredentials")) {
							if (hint.equals(each.path("hint").asString(hint))) {
								ends.add(OffsetDateTime.parse(each.path("endDateTime").asString()).toInstant());
							}
						}
						return ends;
					});
		}

		private Subscription wanted() {
			Subscription wanted = new Subscription();
			wanted.setChangeType(CHANGE_TYPE);
			wanted.setResource(RESOURCE);
			wanted.setNotificationUrl(url("notifications"));
			wanted.setLifecycleNotificationUrl(url("lifecycle"));
			wanted.setExpirationDateTime(GraphProbes.this.clock.instant().plus(LIFETIME).atOffset(ZoneOffset.UTC));
			// Of no source: what should come in for it is dropped.
			wanted.setClientState(UUID.randomUUID().toString());
			return wanted;
		}

		private boolean deleteOurs(GraphServiceClient sdk) {
			SubscriptionCollectionResponse all = sdk.subscriptions().get();
			boolean deleted = false;
			for (Subscription there : Objects.requireNonNullElse((all != null) ? all.getValue() : null,
					List.<Subscription>of())) {
				if (url("notifications").equals(there.getNotificationUrl())) {
					delete(sdk, there);
					deleted = true;
				}
			}
			return deleted;
		}

		private void delete(GraphServiceClient sdk, @Nullable Subscription there) {
			String id = (there != null) ? there.getId() : null;
			if (id == null) {
				return;
			}
			try {
				sdk.subscriptions().bySubscriptionId(id).delete();
			}
			catch (ApiException ex) {
				if (ex.getResponseStatusCode() != 404) {
					throw ex;
				}
			}
		}

		private String url(String what) {
			return GraphProbes.this.publicUrl + "/graph/" + what + "?test="
					+ URLEncoder.encode(this.connection.source().value(), StandardCharsets.UTF_8);
		}

		private Tokens tokensThere() {
			return Objects.requireNonNull(this.tokens, "the token comes first");
		}

		private <T> Reply<T> get(String url, Function<JsonNode, T> reader) {
			return translated(() -> {
				Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
				Tokens there = this.tokens;
				if (there != null) {
					request.header("Authorization", "Bearer " + there.get());
				}
				Instant asked = GraphProbes.this.clock.instant();
				try (Response response = GraphProbes.this.http.newCall(request.build()).execute();
						ResponseBody body = Objects.requireNonNull(response.body())) {
					noteDate(response.header("Date"), asked);
					if (response.isSuccessful()) {
						return new Reply.Got<>(reader.apply(JSON.readTree(body.byteStream())));
					}
					GraphHttp.ErrorBody error = GraphHttp.ErrorBody.read(body.byteStream());
					return new Reply.Refused<>(said(Origin.GRAPH, response.code(), error.code(), error.message()));
				}
			});
		}

		/** A date has whole seconds: half of one is added. */
		private void noteDate(@Nullable String header, Instant asked) {
			Instant date = date(header);
			if (date != null) {
				Instant now = GraphProbes.this.clock.instant();
				Instant ours = asked.plus(Duration.between(asked, now).dividedBy(2));
				this.ahead = Duration.between(ours, date.plusMillis(500));
			}
		}

		private <T> Reply<T> translated(Callable<Reply<T>> asking) {
			try {
				return asking.call();
			}
			catch (MsalServiceException ex) {
				if (ex.headers() != null) {
					ex.headers()
						.forEach((name, values) -> noteDate(
								("date".equalsIgnoreCase(name) && !values.isEmpty()) ? values.getFirst() : null,
								GraphProbes.this.clock.instant()));
				}
				return new Reply.Refused<>(ofEntra(ex));
			}
			catch (ApiException ex) {
				MainError error = (ex instanceof ODataError odata) ? odata.getError() : null;
				return new Reply.Refused<>(
						said(Origin.GRAPH, ex.getResponseStatusCode(), (error != null) ? error.getCode() : null,
								(error != null) ? error.getMessage() : ex.getMessage()));
			}
			catch (JacksonException ex) {
				return new Reply.Refused<>(said(Origin.GRAPH, 200, null, "The answer is no JSON"));
			}
			catch (Exception ex) {
				IOException cause = io(ex);
				if (cause != null || ex instanceof MsalException) {
					return new Reply.Refused<>(said(Origin.NETWORK, 0, null, (cause != null)
							? cause.getClass().getSimpleName() + ": " + cause.getMessage() : ex.getMessage()));
				}
				throw new IllegalStateException(ex);
			}
		}

	}

	private static @Nullable Instant date(@Nullable String header) {
		try {
			return (header != null) ? ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
					: null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static Said ofEntra(MsalServiceException refused) {
		Matcher number = AADSTS.matcher(Objects.requireNonNullElse(refused.getMessage(), ""));
		int status = (refused.statusCode() != null) ? refused.statusCode() : 0;
		return said(Origin.ENTRA, status, number.find() ? number.group(1) : refused.errorCode(), refused.getMessage());
	}

	private static @Nullable IOException io(@Nullable Throwable thrown) {
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			if (each instanceof IOException io) {
				return io;
			}
		}
		return null;
	}

	private static Said said(Origin origin, int status, @Nullable String code, @Nullable String message) {
		String line = Objects.requireNonNullElse(message, "no message").replaceAll("\\s+", " ");
		return new Said(origin, status, code,
				(line.length() > LONGEST_MESSAGE) ? line.substring(0, LONGEST_MESSAGE) + "…" : line);
	}

	private String path(Resource resource) {
		return this.settings.endpoint() + switch (resource) {
			case USERS -> "/users";
			case GROUPS -> "/groups";
			case UNITS -> "/directory/administrativeUnits";
		};
	}

	private static String select(List<String> attributes) {
		return URLEncoder.encode("id," + String.join(",", attributes), StandardCharsets.UTF_8);
	}

}
