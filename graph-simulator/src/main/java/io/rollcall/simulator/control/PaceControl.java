package io.rollcall.simulator.control;

import io.rollcall.simulator.faults.Throttling;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * How fast a tenant's Graph answers, how current its answers are, and how many it gives.
 */
final class PaceControl {

	private final World world;

	private final TenantControl tenants;

	PaceControl(World world, TenantControl tenants) {
		this.world = world;
		this.tenants = tenants;
	}

	Mono<ServerResponse> lag(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			this.world.faults().lag(tenant.id(), body.number("millis", 0));
			return Replies.noContent();
		});
	}

	Mono<ServerResponse> clock(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			this.world.clocks().ahead(tenant.id(), body.number("aheadMillis", 0));
			return Replies.noContent();
		});
	}

	Mono<ServerResponse> latency(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			long millis = body.number("millis", 0);
			this.world.latencies()
				.between(tenant.id(), body.number("fromMillis", millis), body.number("toMillis", millis),
						body.number("seed", 1));
			return Replies.noContent();
		});
	}

	Mono<ServerResponse> throttling(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			int published = Throttling.Limit.published(tenant.read((directory) -> directory.live(Kind.USER)));
			int units = body.flag("published", false) ? published : (int) body.number("unitsPer10Seconds", 0);
			this.world.throttling()
				.limit(tenant.id(), new Throttling.Limit(units,
						body.choice("retryAfter", Throttling.Form.class, Throttling.Form.FRACTION)));
			return Replies.noContent();
		});
	}

	/** What each app used since the limit was set. */
	Mono<ServerResponse> spent(ServerRequest request) {
		JsonBytes json = new JsonBytes().array();
		this.world.throttling()
			.spent(this.tenants.find(request).id())
			.forEach((spent) -> json.object()
				.field("appId", spent.app())
				.field("units", spent.units())
				.field("calls", spent.calls())
				.field("refused", spent.refused())
				.endObject());
		return Replies.ok(json.endArray());
	}

}
