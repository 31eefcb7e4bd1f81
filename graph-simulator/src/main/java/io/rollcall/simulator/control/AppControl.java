package io.rollcall.simulator.control;

import java.util.TreeSet;

import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;

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
		AppRegistration before = (known != null) ? known : AppRegistration.readOnly(appId, World.DEFAULT_SECRET);
		return Body.of(request).flatMap((body) -> {
			AppRegistration app = new AppRegistration(appId, body.text("secret", before.secret()),
					body.flag("secretExpired", before.secretExpired()), body.flag("consented", before.consented()),
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

	private static JsonBytes write(JsonBytes json, AppRegistration app) {
		return json.object()
			.field("appId", app.appId())
			.field("secret", app.secret())
			.field("secretExpired", app.secretExpired())
			.field("consented", app.consented())
			.field("permissions", new TreeSet<>(app.permissions()).stream().toList())
			.field("tokenSeconds", app.tokenSeconds())
			.endObject();
	}

}
