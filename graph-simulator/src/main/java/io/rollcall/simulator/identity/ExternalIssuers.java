package io.rollcall.simulator.identity;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Whose tokens may be exchanged, and what everybody may read of them. */
public final class ExternalIssuers {

	private final Map<String, ExternalIssuer> byName = new ConcurrentHashMap<>();

	public void put(String name, ExternalIssuer issuer) {
		this.byName.put(name, issuer);
	}

	public @Nullable ExternalIssuer named(String name) {
		return this.byName.get(name);
	}

	public boolean remove(String name) {
		return this.byName.remove(name) != null;
	}

	public Map<String, ExternalIssuer> all() {
		return new TreeMap<>(this.byName);
	}

	/** By its exact URL, as far as it can be reached. */
	@Nullable ExternalIssuer reachable(String url) {
		return this.byName.values()
			.stream()
			.filter((issuer) -> issuer.url().equals(url) && issuer.available())
			.findFirst()
			.orElse(null);
	}

	/** Configuration and keys, as OpenID Connect has them. */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/issuers/{name}/.well-known/openid-configuration", (request) -> answer(request, false))
			.GET("/issuers/{name}/keys", (request) -> answer(request, true))
			.build();
	}

	private Mono<ServerResponse> answer(ServerRequest request, boolean keys) {
		ExternalIssuer issuer = named(request.pathVariable("name"));
		if (issuer == null || !issuer.available()) {
			return ServerResponse.status((issuer == null) ? 404 : 503).build();
		}
		JsonBytes configuration = new JsonBytes().object()
			.field("issuer", issuer.url())
			.field("jwks_uri", request.uri().resolve("../keys").toString())
			.endObject();
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue((keys ? issuer.keySet() : configuration).toBytes());
	}

}
