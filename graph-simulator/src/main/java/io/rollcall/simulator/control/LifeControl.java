package io.rollcall.simulator.control;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.script.Scripts;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Lets things happen in a tenant: once, from a script, or at a rate. */
final class LifeControl {

	private final World world;

	private final TenantControl tenants;

	LifeControl(World world, TenantControl tenants) {
		this.world = world;
		this.tenants = tenants;
	}

	/** The body is a script: one act a line. */
	Mono<ServerResponse> run(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.text(request)
			.publishOn(Schedulers.boundedElastic())
			.map((script) -> this.world.scripts().run(tenant, script))
			.flatMap(LifeControl::reply);
	}

	Mono<ServerResponse> live(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			double rate = body.decimal("rate", 1);
			if (rate <= 0) {
				throw new IllegalArgumentException("'rate' is how many acts a second, more than 0");
			}
			String id = this.world.scripts().live(tenant, rate, body.number("seed", 1));
			return Replies.created(new JsonBytes().object().field("schedule", id).endObject());
		});
	}

	Mono<ServerResponse> list(ServerRequest request) {
		JsonBytes json = new JsonBytes().array();
		for (Scripts.Schedule schedule : this.world.scripts().of(this.tenants.find(request).id())) {
			json.object()
				.field("id", schedule.id())
				.field("line", schedule.line())
				.field("times", schedule.times())
				.field("refused", schedule.refused())
				.endObject();
		}
		return Replies.ok(json.endArray());
	}

	Mono<ServerResponse> stop(ServerRequest request) {
		String id = request.pathVariable("schedule");
		if (!this.world.scripts().stop(this.tenants.find(request).id(), id)) {
			throw new NotThere("there is no schedule '%s'".formatted(id));
		}
		return Replies.noContent();
	}

	Mono<ServerResponse> stopAll(ServerRequest request) {
		this.world.scripts().stopAll(this.tenants.find(request).id());
		return Replies.noContent();
	}

	private static Mono<ServerResponse> reply(Scripts.Result result) {
		JsonBytes json = new JsonBytes().object().name("performed").array();
		result.performed().forEach((performed) -> performed.write(json));
		json.endArray().field("schedules", result.schedules());
		return Replies.ok(json.endObject());
	}

}
