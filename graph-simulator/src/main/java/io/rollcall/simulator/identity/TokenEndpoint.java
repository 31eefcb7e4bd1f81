package io.rollcall.simulator.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import io.rollcall.simulator.faults.Clocks;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The OAuth 2.0 token endpoint, for client credentials with a secret, a certificate or a
 * token of somebody else.
 */
public final class TokenEndpoint {

	private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'")
		.withZone(ZoneOffset.UTC);

	private final Tenants tenants;

	private final AppRegistrations apps;

	private final AccessTokens tokens;

	private final ClientAssertions assertions;

	private final SignInEndpoint signIns;

	private final InstantSource clock;

	public TokenEndpoint(Tenants tenants, AppRegistrations apps, AccessTokens tokens, ExternalIssuers issuers,
			SignInEndpoint signIns, Clocks clocks, InstantSource clock) {
		this.tenants = tenants;
		this.apps = apps;
		this.tokens = tokens;
		this.assertions = new ClientAssertions(issuers, clocks);
		this.signIns = signIns;
		this.clock = clock;
	}

	public Mono<ServerResponse> token(ServerRequest request) {
		return request.formData().flatMap((form) -> {
			try {
				return granted(request.pathVariable("tenant"), form, request.headers().firstHeader("Authorization"));
			}
			catch (SignInRefused refused) {
				return refuse(refused.code(), refused.message());
			}
		});
	}

	/**
	 * Refuses as if this were wrong.
	 * @param message instead of the usual one
	 */
	public Mono<ServerResponse> refuse(int code, @Nullable String message) {
		SignInError error = SignInErrors.get(code);
		String trace = UUID.randomUUID().toString();
		String correlation = UUID.randomUUID().toString();
		String timestamp = TIMESTAMP.format(Instant.ofEpochMilli(this.clock.millis()));
		JsonBytes json = new JsonBytes().object()
			.field("error", error.error())
			.field("error_description",
					"AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s".formatted(code,
							(message != null) ? message : error.message(), trace, correlation, timestamp))
			.field("error_codes", List.of(code))
			.field("timestamp", timestamp)
			.field("trace_id", trace)
			.field("correlation_id", correlation)
			.field("error_uri", "https://login.microsoftonline.com/error?code=" + code);
		if (error.suberror() != null) {
			json.field("suberror", error.suberror());
		}
		return json(error.status(), json.endObject());
	}

	private Mono<ServerResponse> granted(String tenantName, MultiValueMap<String, String> form,
			@Nullable String authorization) {
		Credentials credentials = Credentials.from(form, authorization);
		checkForm(form, credentials);
		Tenant tenant = tenant(tenantName);
		AppRegistration app = app(tenant, credentials.appId());
		if (isCode(form)) {
			checkCredentials(tenant, app.application(), form, credentials);
			return signedIn(tenant, app, form);
		}
		checkScope(required(form, "scope"));
		checkCredentials(tenant, app.application(), form, credentials);
		if (!app.consented()) {
			throw new SignInRefused(65001,
					("The user or administrator has not consented to use the application with ID '%s'. Send an "
							+ "interactive authorization request for this user and resource.")
						.formatted(app.appId()));
		}
		return json(200,
				new JsonBytes().object()
					.field("token_type", "Bearer")
					.field("expires_in", app.tokenSeconds())
					.field("ext_expires_in", app.tokenSeconds())
					.field("access_token", this.tokens.issue(tenant, app, credentials.secret() == null))
					.endObject());
	}

	private static boolean isCode(MultiValueMap<String, String> form) {
		return "authorization_code".equals(form.getFirst("grant_type"));
	}

	/** Who signed in, as an ID token; the access token opens nothing. */
	private Mono<ServerResponse> signedIn(Tenant tenant, AppRegistration app, MultiValueMap<String, String> form) {
		SignInEndpoint.SignedIn person = this.signIns.redeem(tenant, app.appId(), form.getFirst("code"),
				form.getFirst("redirect_uri"));
		return json(200,
				new JsonBytes().object()
					.field("token_type", "Bearer")
					.field("scope", "openid profile")
					.field("expires_in", app.tokenSeconds())
					.field("ext_expires_in", app.tokenSeconds())
					.field("access_token", "opens-nothing")
					.field("id_token", this.tokens.idToken(tenant, app, person))
					.endObject());
	}

	private static void checkForm(MultiValueMap<String, String> form, Credentials credentials) {
		String grant = required(form, "grant_type");
		if (!"client_credentials".equals(grant) && !isCode(form)) {
			throw new SignInRefused(70003, "The app requested an unsupported grant type '%s'.".formatted(grant));
		}
		if (credentials.appId().isEmpty()) {
			throw missing("client_id");
		}
		if (form.containsKey("resource")) {
			throw new SignInRefused(901002, "The 'resource' request parameter is not supported.");
		}
	}

	private Tenant tenant(String name) {
		Tenant tenant = this.tenants.find(name);
		if (tenant != null) {
			return tenant;
		}
		if (List.of("common", "consumers", "organizations").contains(name)) {
			throw new SignInRefused(9001023,
					"The grant type is not supported over the /common or /consumers endpoints. Please use the "
							+ "/organizations or tenant-specific endpoint.");
		}
		if (!name.matches("(?i)[0-9a-f-]{36}|[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
			throw new SignInRefused(900023,
					"Specified tenant identifier '%s' is neither a valid DNS name, nor a valid external domain."
						.formatted(name));
		}
		throw new SignInRefused(90002,
				("Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the "
						+ "correct cloud.")
					.formatted(name));
	}

	private AppRegistration app(Tenant tenant, String appId) {
		AppRegistration app = this.apps.find(tenant.id(), appId);
		if (app == null) {
			throw new SignInRefused(700016, "Application with identifier '%s' was not found in the directory '%s'."
				.formatted(appId, tenant.spec().displayName()));
		}
		if (app.disabled()) {
			throw new SignInRefused(7000112,
					"Application '%s'(%s) is disabled.".formatted(appId, app.application().displayName()));
		}
		return app;
	}

	private static void checkScope(String scope) {
		long resources = Arrays.stream(scope.split(" ")).filter((part) -> part.endsWith("/.default")).count();
		if (resources == 0) {
			throw new SignInRefused(scope.contains("://") ? 1002012 : 70011,
					("The provided value for the input parameter 'scope' is not valid. The scope %s is not valid. "
							+ "Client credential flows must have a scope value with /.default suffixed to the "
							+ "resource identifier (application ID URI).")
						.formatted(scope));
		}
		if (resources > 1) {
			throw new SignInRefused(700022, "The scope '%s' names more than one resource.".formatted(scope));
		}
	}

	private void checkCredentials(Tenant tenant, Application app, MultiValueMap<String, String> form,
			Credentials credentials) {
		String assertion = form.getFirst("client_assertion");
		if (assertion != null) {
			if (!ASSERTION_TYPE.equals(form.getFirst("client_assertion_type"))) {
				throw missing("client_assertion_type");
			}
			this.assertions.check(tenant, app, assertion);
		}
		else if (credentials.secret() == null) {
			throw new SignInRefused(7000216,
					"'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.");
		}
		else {
			checkSecret(app, credentials.secret());
		}
	}

	private void checkSecret(Application app, String secret) {
		List<Application.Secret> fitting = app.secrets()
			.stream()
			.filter((candidate) -> candidate.value().equals(secret))
			.toList();
		if (fitting.isEmpty()) {
			throw new SignInRefused(7000215,
					("Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
							+ "value, not the client secret ID, for a secret added to app '%s'.")
						.formatted(app.appId()));
		}
		if (fitting.stream().noneMatch((candidate) -> this.clock.instant().isBefore(candidate.end()))) {
			throw new SignInRefused(7000222,
					"The provided client secret keys for app '%s' are expired.".formatted(app.appId()));
		}
	}

	private static String required(MultiValueMap<String, String> form, String name) {
		String value = form.getFirst(name);
		if (value == null || value.isEmpty()) {
			throw missing(name);
		}
		return value;
	}

	private static SignInRefused missing(String name) {
		return new SignInRefused(900144,
				"The request body must contain the following parameter: '%s'.".formatted(name));
	}

	private static Mono<ServerResponse> json(int status, JsonBytes body) {
		return ServerResponse.status(status)
			.contentType(MediaType.APPLICATION_JSON)
			.header("Cache-Control", "no-store, no-cache")
			.bodyValue(body.toBytes());
	}

	/** The client's id and secret, from the form or from a Basic header. */
	private record Credentials(String appId, @Nullable String secret) {

		static Credentials from(MultiValueMap<String, String> form, @Nullable String authorization) {
			if (authorization != null && authorization.startsWith("Basic ")) {
				String pair = new String(Base64.getDecoder().decode(authorization.substring(6)),
						StandardCharsets.UTF_8);
				int colon = pair.indexOf(':');
				return new Credentials(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
			}
			String appId = form.getFirst("client_id");
			return new Credentials((appId != null) ? appId : "", form.getFirst("client_secret"));
		}

		private static String decode(String text) {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}

	}

}
