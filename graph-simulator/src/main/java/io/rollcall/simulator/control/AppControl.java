package io.rollcall.simulator.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.identity.Application;
import io.rollcall.simulator.identity.Application.Certificate;
import io.rollcall.simulator.identity.Application.FederatedCredential;
import io.rollcall.simulator.identity.Application.Secret;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Tenant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** App registrations: what clients may do, and how their credentials go bad. */
final class AppControl {

	private final World world;

	private final TenantControl tenants;

	AppControl(World world, TenantControl tenants) {
		this.world = world;
		this.tenants = tenants;
	}

	/** Creates an app, or changes what the body names and keeps the rest. */
	Mono<ServerResponse> put(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		String appId = request.pathVariable("app");
		AppRegistration known = this.world.apps().find(tenant.id(), appId);
		AppRegistration before = (known != null) ? known
				: AppRegistration.readOnly(appId, tenant.id(), World.DEFAULT_SECRET);
		return Body.of(request).flatMap((body) -> {
			AppRegistration app = new AppRegistration(application(before.application(), tenant, body),
					body.flag("consented", before.consented()), body.flag("disabled", before.disabled()),
					body.texts("permissions", before.permissions()),
					(int) body.number("tokenSeconds", before.tokenSeconds()));
			this.world.apps().put(tenant.id(), app);
			return Replies.ok(write(new JsonBytes(), app));
		});
	}

	Mono<ServerResponse> list(ServerRequest request) {
		JsonBytes json = new JsonBytes().array();
		this.world.apps().of(this.tenants.find(request).id()).forEach((app) -> write(json, app));
		return Replies.ok(json.endArray());
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		if (!this.world.apps().remove(this.tenants.find(request).id(), request.pathVariable("app"))) {
			throw new NotThere("there is no app '%s'".formatted(request.pathVariable("app")));
		}
		return Replies.noContent();
	}

	/** What belongs to the home tenant, only that one changes. */
	private Application application(Application before, Tenant tenant, Body body) {
		if (!before.home().equals(tenant.id())) {
			return before;
		}
		return new Application(before.appId(), body.text("displayName", before.displayName()), before.home(),
				body.flag("multiTenant", before.multiTenant()), body.texts("requested", before.requested()),
				List.copyOf(body.texts("redirectUris", new TreeSet<>(before.redirectUris()))),
				secrets(before.secrets(), body), certificates(before.certificates(), body),
				federated(before.federatedCredentials(), body));
	}

	private List<Secret> secrets(List<Secret> before, Body body) {
		Instant now = this.world.clock().instant();
		List<Secret> secrets = before;
		String only = body.text("secret");
		if (only != null) {
			secrets = List.of(Secret.of(only, now));
		}
		if (body.json().has("secrets")) {
			List<Secret> listed = new ArrayList<>();
			for (JsonNode wanted : body.json().path("secrets")) {
				Secret secret = Secret.of(wanted.path("value").asString(""), now);
				listed.add(wanted.has("endDateTime") ? secret.endingAt(instant(wanted.path("endDateTime"))) : secret);
			}
			secrets = listed;
		}
		if (body.json().has("secretExpired")) {
			Instant end = body.flag("secretExpired", false) ? now.minusSeconds(1) : Secret.of("", now).end();
			secrets = secrets.stream().map((secret) -> secret.endingAt(end)).toList();
		}
		return secrets;
	}

	private static List<Certificate> certificates(List<Certificate> before, Body body) {
		List<Certificate> certificates = new ArrayList<>();
		body.json().path("certificates").forEach((pem) -> certificates.add(Certificate.of(pem.asString(""))));
		return body.json().has("certificates") ? certificates : before;
	}

	private static List<FederatedCredential> federated(List<FederatedCredential> before, Body body) {
		List<FederatedCredential> credentials = new ArrayList<>();
		body.json()
			.path("federatedCredentials")
			.forEach((wanted) -> credentials
				.add(new FederatedCredential(wanted.path("issuer").asString(""), wanted.path("subject").asString(""),
						wanted.path("audience").asString(IssuerControl.USUAL_AUDIENCE))));
		return body.json().has("federatedCredentials") ? credentials : before;
	}

	private static Instant instant(JsonNode text) {
		try {
			return Instant.parse(text.asString(""));
		}
		catch (java.time.DateTimeException ex) {
			throw new IllegalArgumentException("'endDateTime' must be as in 2026-12-01T00:00:00Z", ex);
		}
	}

	private JsonBytes write(JsonBytes json, AppRegistration app) {
		Application application = app.application();
		Instant now = this.world.clock().instant();
		json.object()
			.field("appId", app.appId())
			.field("displayName", application.displayName())
			.field("home", application.home())
			.field("multiTenant", application.multiTenant())
			.field("secret", secret(application))
			.field("secretExpired",
					application.secrets().stream().noneMatch((secret) -> now.isBefore(secret.end()))
							&& !application.secrets().isEmpty())
			.field("certificates", application.certificates().stream().map(Certificate::displayName).toList())
			.field("redirectUris", application.redirectUris())
			.field("requested", new TreeSet<>(application.requested()).stream().toList())
			.field("consented", app.consented())
			.field("disabled", app.disabled())
			.field("permissions", new TreeSet<>(app.permissions()).stream().toList())
			.field("tokenSeconds", app.tokenSeconds());
		json.name("federatedCredentials").array();
		application.federatedCredentials()
			.forEach((credential) -> json.object()
				.field("issuer", credential.issuer())
				.field("subject", credential.subject())
				.field("audience", credential.audience())
				.endObject());
		return json.endArray().endObject();
	}

	/** The first one; null when there is none. */
	static @Nullable String secret(Application application) {
		return application.secrets().isEmpty() ? null : application.secrets().getFirst().value();
	}

}
