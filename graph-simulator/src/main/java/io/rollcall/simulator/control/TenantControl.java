package io.rollcall.simulator.control;

import java.util.Locale;

import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.notifications.DeliveryCounts;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.TenantSpec;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Begins, lists and ends tenants, and counts what is in them. */
final class TenantControl {

	private final World world;

	TenantControl(World world) {
		this.world = world;
	}

	/** Seeding a large tenant takes a moment, which no server thread shall wait for. */
	Mono<ServerResponse> create(ServerRequest request) {
		return Body.of(request)
			.map(TenantControl::spec)
			.publishOn(Schedulers.boundedElastic())
			.map(this.world::begin)
			.flatMap((tenant) -> Replies.created(describe(new JsonBytes(), tenant)));
	}

	Mono<ServerResponse> list(ServerRequest request) {
		JsonBytes json = new JsonBytes().array();
		this.world.tenants().all().forEach((tenant) -> describe(json, tenant));
		return Replies.ok(json.endArray());
	}

	Mono<ServerResponse> get(ServerRequest request) {
		return Replies.ok(describe(new JsonBytes(), find(request)));
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		this.world.end(find(request));
		return Replies.noContent();
	}

	Mono<ServerResponse> stats(ServerRequest request) {
		Tenant tenant = find(request);
		DeliveryCounts counts = this.world.deliveries().counts();
		JsonBytes json = tenant.read((directory) -> new JsonBytes().object()
			.field("users", directory.live(Kind.USER))
			.field("groups", directory.live(Kind.GROUP))
			.field("units", directory.live(Kind.UNIT))
			.field("memberships", directory.memberships())
			.field("sequence", directory.log().size())
			.field("acts", tenant.acts()));
		json.field("subscriptions", this.world.subscriptions().of(tenant.id()).size());
		json.name("notifications")
			.object()
			.field("posts", counts.posts())
			.field("delivered", counts.delivered())
			.field("retried", counts.retried())
			.field("dropped", counts.dropped())
			.endObject();
		return Replies.ok(json.endObject());
	}

	/** The tenant in the path, by id or domain. */
	Tenant find(ServerRequest request) {
		String name = request.pathVariable("tenant");
		Tenant tenant = this.world.tenants().find(name);
		if (tenant == null) {
			throw new NotThere("there is no tenant '%s'; POST /control/tenants makes one".formatted(name));
		}
		return tenant;
	}

	private static TenantSpec spec(Body body) {
		int users = (int) body.number("users", 1000);
		long seed = body.number("seed", 1);
		String id = body.text("id");
		TenantSpec spec = TenantSpec.of((id != null) ? id.toLowerCase(Locale.ROOT) : null, body.text("domain"),
				body.text("displayName"), users, seed);
		return new TenantSpec(spec.id(), spec.domain(), spec.displayName(), users, seed,
				(int) body.number("groups", spec.groups()), (int) body.number("units", spec.units()),
				body.decimal("memberships", spec.memberships()), body.decimal("guests", spec.guests()),
				body.decimal("disabled", spec.disabled()), body.decimal("flaws", spec.flaws()));
	}

	private JsonBytes describe(JsonBytes json, Tenant tenant) {
		TenantSpec spec = tenant.spec();
		json.object()
			.field("id", spec.id())
			.field("domain", spec.domain())
			.field("displayName", spec.displayName())
			.field("users", spec.users())
			.field("seed", spec.seed())
			.field("groups", spec.groups())
			.field("units", spec.units())
			.field("memberships", spec.memberships());
		json.name("apps").array();
		for (AppRegistration app : this.world.apps().of(tenant.id())) {
			json.object().field("appId", app.appId()).field("secret", AppControl.secret(app.application())).endObject();
		}
		return json.endArray().endObject();
	}

}
