package io.rollcall.simulator.control;

import java.net.URI;
import java.util.UUID;

import io.rollcall.simulator.identity.ExternalIssuer;
import io.rollcall.simulator.json.JsonBytes;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Issuers outside Entra ID, and tokens of them. */
final class IssuerControl {

	static final String USUAL_AUDIENCE = "api://AzureADTokenExchange";

	private static final int USUAL_SECONDS = 3600;

	private final World world;

	IssuerControl(World world) {
		this.world = world;
	}

	/** Begins an issuer, or changes whether it can be reached. */
	Mono<ServerResponse> put(ServerRequest request) {
		String name = request.pathVariable("issuer");
		return Body.of(request).publishOn(Schedulers.boundedElastic()).flatMap((body) -> {
			ExternalIssuer known = this.world.issuers().named(name);
			ExternalIssuer issuer = (known != null && !body.json().has("jwks") && !body.json().has("issuer")) ? known
					: begin(body, here(request, name));
			issuer.available(body.flag("available", issuer.available()));
			this.world.issuers().put(name, issuer);
			return Replies.ok(write(new JsonBytes(), name, issuer));
		});
	}

	Mono<ServerResponse> list(ServerRequest request) {
		JsonBytes json = new JsonBytes().array();
		this.world.issuers().all().forEach((name, issuer) -> write(json, name, issuer));
		return Replies.ok(json.endArray());
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		find(request);
		this.world.issuers().remove(request.pathVariable("issuer"));
		return Replies.noContent();
	}

	Mono<ServerResponse> rotate(ServerRequest request) {
		find(request).rotate();
		return Replies.noContent();
	}

	/** A token whose every claim may be wrong. */
	Mono<ServerResponse> token(ServerRequest request) {
		ExternalIssuer issuer = find(request);
		return Body.of(request).flatMap((body) -> {
			long now = this.world.clock().millis() / 1000;
			long begins = now + body.number("beginsInSeconds", 0);
			JsonBytes claims = new JsonBytes().object()
				.field("iss", body.text("issuer", issuer.url()))
				.field("sub", body.text("subject", "system:serviceaccount:default:default"))
				.field("aud", body.text("audience", USUAL_AUDIENCE))
				.field("iat", begins)
				.field("nbf", begins)
				.field("exp", now + body.number("endsInSeconds", USUAL_SECONDS))
				.field("jti", UUID.randomUUID().toString())
				.endObject();
			return Replies.created(new JsonBytes().object().field("token", issuer.token(claims)).endObject());
		});
	}

	private ExternalIssuer find(ServerRequest request) {
		ExternalIssuer issuer = this.world.issuers().named(request.pathVariable("issuer"));
		if (issuer == null) {
			throw new NotThere("there is no issuer '%s'".formatted(request.pathVariable("issuer")));
		}
		return issuer;
	}

	private static ExternalIssuer begin(Body body, String here) {
		String url = body.text("issuer", here);
		return body.json().has("jwks") ? ExternalIssuer.known(url, body.json().path("jwks"))
				: ExternalIssuer.signing(url);
	}

	private static String here(ServerRequest request, String name) {
		URI uri = request.uri();
		return uri.getScheme() + "://" + uri.getRawAuthority() + "/issuers/" + name;
	}

	private static JsonBytes write(JsonBytes json, String name, ExternalIssuer issuer) {
		return json.object()
			.field("name", name)
			.field("issuer", issuer.url())
			.field("available", issuer.available())
			.endObject();
	}

}
