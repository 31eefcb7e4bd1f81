package io.rollcall.simulator.identity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The OAuth 2.0 token endpoint, for client credentials with a secret. */
public final class TokenEndpoint {

	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'")
		.withZone(ZoneOffset.UTC);

	private final Tenants tenants;

	private final AppRegistrations apps;

	private final AccessTokens tokens;

	private final InstantSource clock;

	public TokenEndpoint(Tenants tenants, AppRegistrations apps, AccessTokens tokens, InstantSource clock) {
		this.tenants = tenants;
		this.apps = apps;
		this.tokens = tokens;
		this.clock = clock;
	}

	public Mono<ServerResponse> token(ServerRequest request) {
		return request.formData()
			.flatMap((form) -> answer(request.pathVariable("tenant"), form,
					request.headers().firstHeader("Authorization")));
	}

	private Mono<ServerResponse> answer(String tenantName, MultiValueMap<String, String> form,
			@Nullable String authorization) {
		Credentials credentials = Credentials.from(form, authorization);
		String scope = value(form, "scope");
		if (!"client_credentials".equals(form.getFirst("grant_type"))) {
			return error(400, "unsupported_grant_type", 70003,
					"The app requested an unsupported grant type '%s'.".formatted(value(form, "grant_type")));
		}
		Tenant tenant = this.tenants.find(tenantName);
		if (tenant == null) {
			return error(400, "invalid_request", 90002,
					("Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the "
							+ "correct cloud.")
						.formatted(tenantName));
		}
		AppRegistration app = this.apps.find(tenant.id(), credentials.appId());
		if (app == null) {
			return error(400, "unauthorized_client", 700016,
					"Application with identifier '%s' was not found in the directory '%s'."
						.formatted(credentials.appId(), tenant.spec().displayName()));
		}
		if (Arrays.stream(scope.split(" ")).noneMatch((part) -> part.endsWith("/.default"))) {
			return error(400, "invalid_scope", 70011,
					("The provided request must include a 'scope' input parameter. The provided value for the input "
							+ "parameter 'scope' is not valid. The scope %s is not valid.")
						.formatted(scope));
		}
		if (!app.secret().equals(credentials.secret())) {
			return error(401, "invalid_client", 7000215,
					("Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
							+ "value, not the client secret ID, for a secret added to app '%s'.")
						.formatted(app.appId()));
		}
		if (app.secretExpired()) {
			return error(401, "invalid_client", 7000222,
					"The provided client secret keys for app '%s' are expired.".formatted(app.appId()));
		}
		if (!app.consented()) {
			return error(400, "invalid_grant", 65001,
					("The user or administrator has not consented to use the application with ID '%s'. Send an "
							+ "interactive authorization request for this user and resource.")
						.formatted(app.appId()));
		}
		return json(200,
				new JsonBytes().object()
					.field("token_type", "Bearer")
					.field("expires_in", app.tokenSeconds())
					.field("ext_expires_in", app.tokenSeconds())
					.field("access_token", this.tokens.issue(tenant, app))
					.endObject());
	}

	private Mono<ServerResponse> error(int status, String error, int code, String message) {
		String trace = UUID.randomUUID().toString();
		String correlation = UUID.randomUUID().toString();
		String timestamp = TIMESTAMP.format(Instant.ofEpochMilli(this.clock.millis()));
		return json(status,
				new JsonBytes().object()
					.field("error", error)
					.field("error_description",
							"AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s".formatted(code, message, trace,
									correlation, timestamp))
					.field("error_codes", List.of(code))
					.field("timestamp", timestamp)
					.field("trace_id", trace)
					.field("correlation_id", correlation)
					.field("error_uri", "https://login.microsoftonline.com/error?code=" + code)
					.endObject());
	}

	private static Mono<ServerResponse> json(int status, JsonBytes body) {
		return ServerResponse.status(status)
			.contentType(MediaType.APPLICATION_JSON)
			.header("Cache-Control", "no-store, no-cache")
			.bodyValue(body.toBytes());
	}

	private static String value(MultiValueMap<String, String> form, String name) {
		String value = form.getFirst(name);
		return (value != null) ? value : "";
	}

	/** The client's id and secret, from the form or from a Basic header. */
	private record Credentials(String appId, String secret) {

		static Credentials from(MultiValueMap<String, String> form, @Nullable String authorization) {
			if (authorization != null && authorization.startsWith("Basic ")) {
				String pair = new String(java.util.Base64.getDecoder().decode(authorization.substring(6)),
						StandardCharsets.UTF_8);
				int colon = pair.indexOf(':');
				return new Credentials(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
			}
			return new Credentials(value(form, "client_id"), value(form, "client_secret"));
		}

		private static String decode(String text) {
			return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
		}

	}

}
