package io.rollcall.simulator.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The page on which a person signs in, with the authorization code flow: an app learns by
 * the code who it was, of which tenant, and which of the directory's roles they have.
 *
 * @see <a href=
 * "https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow">The
 * authorization code flow</a>
 */
public final class SignInEndpoint {

	/** As Entra has it, give or take. */
	private static final Duration CODE_LIFE = Duration.ofMinutes(10);

	private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";

	private final Tenants tenants;

	private final AppRegistrations apps;

	private final InstantSource clock;

	private final Map<String, SignedIn> codes = new ConcurrentHashMap<>();

	public SignInEndpoint(Tenants tenants, AppRegistrations apps, InstantSource clock) {
		this.tenants = tenants;
		this.apps = apps;
		this.clock = clock;
	}

	/** Somebody who has signed in, until the app asks who it was. */
	record SignedIn(String tenant, String appId, String redirectUri, @Nullable String nonce, boolean administrator,
			Instant until) {

		/** The person, who is the same at each sign-in. */
		String person() {
			return UUID
				.nameUUIDFromBytes(
						(this.tenant + (this.administrator ? "/admin" : "/somebody")).getBytes(StandardCharsets.UTF_8))
				.toString();
		}

		List<String> roles() {
			return this.administrator ? List.of(GLOBAL_ADMINISTRATOR) : List.of();
		}

	}

	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/{tenant}/oauth2/v2.0/authorize", this::show)
			.POST("/{tenant}/oauth2/v2.0/authorize", this::clicked)
			.build();
	}

	/** Who signed in; a code works once, and at the address that it was sent to. */
	SignedIn redeem(Tenant tenant, String appId, @Nullable String code, @Nullable String redirectUri) {
		SignedIn found = (code != null) ? this.codes.remove(code) : null;
		if (found == null || this.clock.instant().isAfter(found.until()) || !found.tenant().equals(tenant.id())
				|| !found.appId().equals(appId) || !found.redirectUri().equals(redirectUri)) {
			throw new SignInRefused(9002313, "Invalid request. The code is unknown, used, too old, or another's.");
		}
		return found;
	}

	private Mono<ServerResponse> show(ServerRequest request) {
		return ConsentEndpoint.orExplain(() -> {
			Map<String, String> parameters = request.queryParams().toSingleValueMap();
			Tenant tenant = check(request.pathVariable("tenant"), parameters);
			return html(ConsentPage.signIn(tenant, parameters, this.tenants.all()));
		});
	}

	private Mono<ServerResponse> clicked(ServerRequest request) {
		return request.formData().flatMap((form) -> ConsentEndpoint.orExplain(() -> {
			Map<String, String> fields = form.toSingleValueMap();
			Tenant asked = check(request.pathVariable("tenant"), fields);
			String redirect = fields.getOrDefault("redirect_uri", "");
			String state = fields.containsKey("state") ? "&state=" + encode(fields.get("state")) : "";
			if ("CANCEL".equals(fields.get("decision"))) {
				return redirect(redirect, "error=access_denied&error_description="
						+ encode("AADSTS65004: User declined to consent to access the app.") + state);
			}
			Tenant answering = this.tenants.find(fields.getOrDefault("answer_as", asked.id()));
			String code = "0.A" + UUID.randomUUID();
			this.codes.put(code,
					new SignedIn((answering != null) ? answering.id() : asked.id(),
							fields.getOrDefault("client_id", ""), redirect, fields.get("nonce"),
							!"SOMEBODY".equals(fields.get("decision")), this.clock.instant().plus(CODE_LIFE)));
			return redirect(redirect, "code=" + encode(code) + state + "&session_state=" + UUID.randomUUID());
		}));
	}

	private Tenant check(String name, Map<String, String> parameters) {
		Tenant tenant = this.tenants.find(name);
		if (tenant == null) {
			throw new SignInRefused(90002, "Tenant '%s' not found.".formatted(name));
		}
		String client = parameters.getOrDefault("client_id", "");
		AppRegistration registered = this.apps.find(tenant.id(), client);
		if (registered == null) {
			throw new SignInRefused(700016,
					"Application with identifier '%s' was not found in the directory.".formatted(client));
		}
		String redirect = parameters.getOrDefault("redirect_uri", "");
		List<String> allowed = registered.application().redirectUris();
		if (redirect.isEmpty() || (!allowed.isEmpty() && !allowed.contains(redirect))) {
			throw new SignInRefused(50011,
					"The redirect URI '%s' specified in the request does not match the redirect URIs configured for the application '%s'."
						.formatted(redirect, client));
		}
		return tenant;
	}

	private static Mono<ServerResponse> redirect(String uri, String parameters) {
		return ServerResponse.status(302)
			.location(URI.create(uri + (uri.contains("?") ? '&' : '?') + parameters))
			.build();
	}

	private static Mono<ServerResponse> html(String page) {
		return ServerResponse.ok()
			.contentType(MediaType.parseMediaType("text/html;charset=utf-8"))
			.header("Cache-Control", "no-store")
			.bodyValue(page);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
