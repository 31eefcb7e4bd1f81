package io.rollcall.simulator.control;

import java.util.UUID;

import io.rollcall.simulator.faults.FaultKind;
import io.rollcall.simulator.faults.FaultRule;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Makes things go wrong: single faults, replication lag, resource-unit throttling. */
final class FaultControl {

	private final World world;

	private final TenantControl tenants;

	FaultControl(World world, TenantControl tenants) {
		this.world = world;
		this.tenants = tenants;
	}

	Mono<ServerResponse> add(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			double rate = body.decimal("rate", 1);
			Integer times = body.number("times");
			FaultRule rule = new FaultRule(UUID.randomUUID().toString(), tenant.id(),
					body.choice("kind", FaultKind.class, null), body.text("path", "/"), body.text("method"),
					body.choice("on", FaultRule.On.class, FaultRule.On.ANY), body.text("select"),
					(times == null && rate == 1 && !body.flag("always", false)) ? Integer.valueOf(1) : times, rate,
					(int) body.number("after", 0), body.text("retryAfter"), body.number("delayMillis", 1000),
					body.number("seed", 1));
			if (rule.kind().name().startsWith("PROPERTY_") && rule.select() == null) {
				throw new IllegalArgumentException("'select' must name the property that is refused");
			}
			this.world.faults().add(rule);
			return Replies.created(write(new JsonBytes(), rule));
		});
	}

	Mono<ServerResponse> list(ServerRequest request) {
		JsonBytes json = new JsonBytes().array();
		this.world.faults().of(this.tenants.find(request).id()).forEach((rule) -> write(json, rule));
		return Replies.ok(json.endArray());
	}

	Mono<ServerResponse> remove(ServerRequest request) {
		if (!this.world.faults().remove(this.tenants.find(request).id(), request.pathVariable("fault"))) {
			throw new NotThere("there is no fault '%s'".formatted(request.pathVariable("fault")));
		}
		return Replies.noContent();
	}

	/** All faults, and the lag. */
	Mono<ServerResponse> clear(ServerRequest request) {
		this.world.faults().clear(this.tenants.find(request).id());
		return Replies.noContent();
	}

	Mono<ServerResponse> lag(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			this.world.faults().lag(tenant.id(), body.number("millis", 0));
			return Replies.noContent();
		});
	}

	Mono<ServerResponse> throttling(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			this.world.throttling().limit(tenant.id(), (int) body.number("unitsPer10Seconds", 0));
			return Replies.noContent();
		});
	}

	private JsonBytes write(JsonBytes json, FaultRule rule) {
		return json.object()
			.field("id", rule.id())
			.field("kind", rule.kind())
			.field("path", rule.path())
			.field("method", rule.method())
			.field("on", rule.on())
			.field("select", rule.select())
			.field("times", rule.times())
			.field("rate", rule.rate())
			.field("after", rule.after())
			.field("retryAfter", rule.retryAfter())
			.field("strikes", this.world.faults().strikes(rule.id()))
			.endObject();
	}

}
