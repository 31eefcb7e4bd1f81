package io.rollcall.simulator.control;

import io.rollcall.simulator.identity.ConsentScript;
import io.rollcall.simulator.identity.SignInErrors;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Says what is decided on a tenant's consent pages where no person is to click. */
final class ConsentControl {

	private final World world;

	private final TenantControl tenants;

	ConsentControl(World world, TenantControl tenants) {
		this.world = world;
		this.tenants = tenants;
	}

	Mono<ServerResponse> put(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		return Body.of(request).flatMap((body) -> {
			String code = body.text("code", "65004");
			if (!SignInErrors.knows(code)) {
				throw new IllegalArgumentException("'code' must be a number of the consent page, such as 90094");
			}
			this.world.consents()
				.put(tenant.id(),
						new ConsentScript(
								body.choice("decision", ConsentScript.Decision.class, ConsentScript.Decision.PAGE),
								Integer.parseInt(code), body.text("tenant"),
								body.json().has("adminConsent") ? (Boolean) body.flag("adminConsent", true) : null,
								body.text("state")));
			return Replies.noContent();
		});
	}

}
