package io.rollcall.simulator.control;

import io.rollcall.simulator.script.ScriptRefused;
import io.rollcall.simulator.tenant.ActRefused;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Every path of the control API. */
public final class ControlRoutes {

	private ControlRoutes() {
	}

	public static RouterFunction<ServerResponse> of(World world) {
		TenantControl tenants = new TenantControl(world);
		LifeControl life = new LifeControl(world, tenants);
		AppControl apps = new AppControl(world, tenants);
		FaultControl faults = new FaultControl(world, tenants);
		PaceControl pace = new PaceControl(world, tenants);
		ConsentControl consents = new ConsentControl(world, tenants);
		IssuerControl issuers = new IssuerControl(world);
		NotificationControl notifications = new NotificationControl(world, tenants);
		TruthControl truth = new TruthControl(tenants);
		String tenant = "/control/tenants/{tenant}";
		return RouterFunctions.route()
			.POST("/control/tenants", tenants::create)
			.GET("/control/tenants", tenants::list)
			.GET(tenant, tenants::get)
			.DELETE(tenant, tenants::delete)
			.GET(tenant + "/stats", tenants::stats)
			.GET(tenant + "/truth", truth::truth)
			.POST(tenant + "/acts", life::run)
			.POST(tenant + "/life", life::live)
			.GET(tenant + "/schedules", life::list)
			.DELETE(tenant + "/schedules/{schedule}", life::stop)
			.DELETE(tenant + "/schedules", life::stopAll)
			.GET(tenant + "/apps", apps::list)
			.PUT(tenant + "/apps/{app}", apps::put)
			.DELETE(tenant + "/apps/{app}", apps::delete)
			.POST(tenant + "/faults", faults::add)
			.GET(tenant + "/faults", faults::list)
			.DELETE(tenant + "/faults/{fault}", faults::remove)
			.DELETE(tenant + "/faults", faults::clear)
			.POST(tenant + "/faults/mixture", faults::mix)
			.PUT(tenant + "/variants", faults::variants)
			.PUT(tenant + "/lag", pace::lag)
			.PUT(tenant + "/latency", pace::latency)
			.PUT(tenant + "/clock", pace::clock)
			.PUT(tenant + "/throttling", pace::throttling)
			.GET(tenant + "/throttling", pace::spent)
			.PUT(tenant + "/consent", consents::put)
			.GET("/control/issuers", issuers::list)
			.PUT("/control/issuers/{issuer}", issuers::put)
			.DELETE("/control/issuers/{issuer}", issuers::delete)
			.POST("/control/issuers/{issuer}/rotation", issuers::rotate)
			.POST("/control/issuers/{issuer}/tokens", issuers::token)
			.GET(tenant + "/subscriptions", notifications::list)
			.DELETE(tenant + "/subscriptions/{subscription}", notifications::lose)
			.POST(tenant + "/subscriptions/{subscription}/reauthorization", notifications::requireReauthorization)
			.PUT(tenant + "/delivery", notifications::settings)
			.filter((request, next) -> Mono.defer(() -> next.handle(request)).onErrorResume(ControlRoutes::problem))
			.build();
	}

	/**
	 * What people did wrong is told as a problem; everything else is a bug and stays one.
	 */
	private static Mono<ServerResponse> problem(Throwable error) {
		String detail = String.valueOf(error.getMessage());
		return switch (error) {
			case NotThere gone -> Replies.problem(404, "Not found", detail);
			case ActRefused refused -> Replies.problem(409, "Cannot happen", detail);
			case ScriptRefused refused -> Replies.problem(400, "Script refused", detail);
			case IllegalArgumentException bad -> Replies.problem(400, "Bad request", detail);
			default -> Mono.error(error);
		};
	}

}
