package io.rollcall.simulator.identity;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
 * Admin consent, both versions: a page on which a person decides, and the way back to who
 * asked.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-admin-consent">The
 * admin consent endpoint</a>
 */
public final class ConsentEndpoint {

	private static final List<String> ANY_TENANT = List.of("organizations", "common");

	private final Tenants tenants;

	private final AppRegistrations apps;

	private final ConsentScripts scripts;

	public ConsentEndpoint(Tenants tenants, AppRegistrations apps, ConsentScripts scripts) {
		this.tenants = tenants;
		this.apps = apps;
		this.scripts = scripts;
	}

	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/{tenant}/adminconsent", (request) -> show(request, 1))
			.GET("/{tenant}/v2.0/adminconsent", (request) -> show(request, 2))
			.POST("/{tenant}/adminconsent", (request) -> clicked(request, 1))
			.POST("/{tenant}/v2.0/adminconsent", (request) -> clicked(request, 2))
			.build();
	}

	private Mono<ServerResponse> show(ServerRequest request, int version) {
		return orExplain(() -> {
			ConsentRequest consent = ConsentRequest.of(version, request.pathVariable("tenant"),
					request.queryParams().toSingleValueMap());
			Tenant asked = asked(consent);
			Application app = application(consent, asked);
			ConsentScript script = (asked != null) ? this.scripts.of(asked.id()) : ConsentScript.PAGE;
			if (script.decision() == ConsentScript.Decision.PAGE) {
				return html(200, ConsentPage.ask(consent, app, asked, this.tenants.all()));
			}
			return decide(consent, script, asked);
		});
	}

	private Mono<ServerResponse> clicked(ServerRequest request, int version) {
		return request.formData().flatMap((form) -> orExplain(() -> {
			Map<String, String> fields = form.toSingleValueMap();
			ConsentRequest consent = ConsentRequest.of(version, request.pathVariable("tenant"), fields);
			ConsentScript click = new ConsentScript(
					ConsentScript.Decision.valueOf(fields.getOrDefault("decision", "CANCEL").toUpperCase(Locale.ROOT)),
					Integer.parseInt(fields.getOrDefault("code", String.valueOf(ConsentScript.CANCELED))),
					fields.get("answer_as"), null, null);
			return decide(consent, click, asked(consent));
		}));
	}

	private Mono<ServerResponse> decide(ConsentRequest asked, ConsentScript script, @Nullable Tenant tenant) {
		ConsentRequest consent = asked.answeringWith(script.state());
		Tenant answering = (script.tenant() != null) ? this.tenants.find(script.tenant()) : tenant;
		if (answering == null) {
			throw new SignInRefused(50059, "No tenant-identifying information found in the request.");
		}
		Application app = application(consent, answering);
		return redirect(switch (script.decision()) {
			case ACCEPT -> {
				grant(consent, app, answering);
				yield consent.success(answering.id());
			}
			case CANCEL, PAGE -> consent.canceled(script.adminConsent());
			case ERROR -> consent.failed(SignInErrors.get(script.code()), script.adminConsent());
		});
	}

	/** Only {@code .default} grants application permissions: all that are requested. */
	private void grant(ConsentRequest consent, Application app, Tenant tenant) {
		AppRegistration known = this.apps.find(tenant.id(), app.appId());
		AppRegistration registration = (known != null) ? known : AppRegistration.consented(app);
		if (consent.asksForApplicationPermissions()) {
			this.apps.put(tenant.id(), registration.consentedTo(app.requested()));
		}
		else if (known == null) {
			this.apps.put(tenant.id(), registration.consentedTo(java.util.Set.of()));
		}
	}

	/** The tenant that the link names; null when any may answer. */
	private @Nullable Tenant asked(ConsentRequest consent) {
		if (ANY_TENANT.contains(consent.tenant())) {
			if (consent.version() == 2 && consent.tenant().equals("common")) {
				throw new SignInRefused(90019, "No tenant-identifying information found in the request: use "
						+ "'organizations' or the tenant's id, not 'common'.");
			}
			return null;
		}
		Tenant tenant = this.tenants.find(consent.tenant());
		if (tenant == null) {
			throw new SignInRefused(90002, "Tenant '%s' not found.".formatted(consent.tenant()));
		}
		return tenant;
	}

	private Application application(ConsentRequest consent, @Nullable Tenant tenant) {
		AppRegistration registered = (tenant != null) ? this.apps.find(tenant.id(), consent.clientId()) : null;
		Application app = (registered != null) ? registered.application() : this.apps.multiTenant(consent.clientId());
		if (app == null) {
			throw new SignInRefused(700016,
					"Application with identifier '%s' was not found in the directory.".formatted(consent.clientId()));
		}
		if (!app.redirectUris().isEmpty() && !app.redirectUris().contains(consent.redirectUri())) {
			throw new SignInRefused(50011,
					"The redirect URI '%s' specified in the request does not match the redirect URIs configured for the application '%s'."
						.formatted(consent.redirectUri(), app.appId()));
		}
		return app;
	}

	/** What cannot be told to who asked, stays on the page. */
	static Mono<ServerResponse> orExplain(java.util.function.Supplier<Mono<ServerResponse>> answer) {
		try {
			return answer.get();
		}
		catch (SignInRefused refused) {
			return html(400, ConsentPage.trouble(refused.code(), refused.message()));
		}
		catch (IllegalArgumentException ex) {
			return html(400, ConsentPage.trouble(9002313, "Invalid request. " + ex.getMessage()));
		}
	}

	private static Mono<ServerResponse> redirect(String location) {
		return ServerResponse.status(302).location(URI.create(location)).build();
	}

	private static Mono<ServerResponse> html(int status, String page) {
		return ServerResponse.status(status)
			.contentType(MediaType.parseMediaType("text/html;charset=utf-8"))
			.header("Cache-Control", "no-store")
			.bodyValue(page);
	}

}
