package io.rollcall.simulator.control;

import java.util.List;
import java.util.UUID;

import io.rollcall.simulator.faults.FaultKind;
import io.rollcall.simulator.faults.FaultMixture;
import io.rollcall.simulator.faults.FaultRule;
import io.rollcall.simulator.faults.Variant;
import io.rollcall.simulator.graph.GraphErrors;
import io.rollcall.simulator.identity.SignInErrors;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Makes things go wrong: single faults, and mixtures of them. */
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
			FaultRule rule = rule(tenant, body);
			check(rule);
			this.world.faults().add(rule);
			return Replies.created(write(new JsonBytes(), rule));
		});
	}

	/** Adds what the seed chooses, and chooses variants. */
	Mono<ServerResponse> mix(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			List<FaultRule> rules = FaultMixture.of(tenant.id(), body.number("seed", 1));
			rules.forEach(this.world.faults()::add);
			this.world.faults().variants(tenant.id(), FaultMixture.variants(body.number("seed", 1)));
			return Replies.created(write(rules));
		});
	}

	Mono<ServerResponse> list(ServerRequest request) {
		return Replies.ok(write(this.world.faults().of(this.tenants.find(request).id())));
	}

	Mono<ServerResponse> remove(ServerRequest request) {
		if (!this.world.faults().remove(this.tenants.find(request).id(), request.pathVariable("fault"))) {
			throw new NotThere("there is no fault '%s'".formatted(request.pathVariable("fault")));
		}
		return Replies.noContent();
	}

	/** Chooses one way where nobody knows how Graph is. */
	Mono<ServerResponse> variants(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			this.world.faults().variants(tenant.id(), body.choices("variants", Variant.class));
			return Replies.noContent();
		});
	}

	/** All faults, variants, and the lag. */
	Mono<ServerResponse> clear(ServerRequest request) {
		this.world.faults().clear(this.tenants.find(request).id());
		return Replies.noContent();
	}

	private static FaultRule rule(Tenant tenant, Body body) {
		FaultKind kind = body.choice("kind", FaultKind.class, null);
		double rate = body.decimal("rate", 1);
		Integer times = body.number("times");
		boolean once = times == null && rate == 1 && !body.flag("always", false);
		return new FaultRule(UUID.randomUUID().toString(), tenant.id(), kind,
				new FaultRule.Calls(body.text("path", (kind == FaultKind.SIGN_IN_ERROR) ? "/oauth2" : "/"),
						body.text("method"), body.choice("on", FaultRule.On.class, FaultRule.On.ANY),
						body.text("select")),
				new FaultRule.Chance(once ? Integer.valueOf(1) : times, rate, (int) body.number("after", 0),
						body.number("seed", 1)),
				new FaultRule.Answer(body.number("status"), body.text("code"), body.text("innerCode"),
						body.text("message"), body.text("retryAfter"), body.number("delayMillis", 1000)));
	}

	private static void check(FaultRule rule) {
		if (rule.kind().name().startsWith("PROPERTY_") && rule.calls().select() == null) {
			throw new IllegalArgumentException("'select' must name the property that is refused");
		}
		if (rule.kind() == FaultKind.ERROR && GraphErrors.status(rule.answer()) == null) {
			throw new IllegalArgumentException("'status' is needed, or a 'code' that Graph is known to answer");
		}
		if (rule.kind() == FaultKind.SIGN_IN_ERROR
				&& (!rule.calls().path().startsWith("/oauth2") || !SignInErrors.knows(rule.answer().code()))) {
			throw new IllegalArgumentException("'code' must be a number of the token endpoint, such as 7000222");
		}
	}

	private JsonBytes write(List<FaultRule> rules) {
		JsonBytes json = new JsonBytes().array();
		rules.forEach((rule) -> write(json, rule));
		return json.endArray();
	}

	private JsonBytes write(JsonBytes json, FaultRule rule) {
		return json.object()
			.field("id", rule.id())
			.field("kind", rule.kind())
			.field("path", rule.calls().path())
			.field("method", rule.calls().method())
			.field("on", rule.calls().on())
			.field("select", rule.calls().select())
			.field("times", rule.chance().times())
			.field("rate", rule.chance().rate())
			.field("after", rule.chance().after())
			.field("seed", rule.chance().seed())
			.field("status", rule.answer().status())
			.field("code", rule.answer().code())
			.field("retryAfter", rule.answer().retryAfter())
			.field("strikes", this.world.faults().strikes(rule.id()))
			.endObject();
	}

}
