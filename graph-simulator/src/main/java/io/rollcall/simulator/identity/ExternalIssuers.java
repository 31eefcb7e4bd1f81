package io.rollcall.simulator.identity;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
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

	private static final long SECONDS = 3600;

	private final InstantSource clock;

	private final Map<String, ExternalIssuer> byName = new ConcurrentHashMap<>();

	public ExternalIssuers(InstantSource clock) {
		this.clock = clock;
	}

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
			.POST("/issuers/{name}/token", this::token)
			.build();
	}

	/** A token about whoever asks, for the audience that it asks for. */
	private Mono<ServerResponse> token(ServerRequest request) {
		ExternalIssuer issuer = named(request.pathVariable("name"));
		if (issuer == null || !issuer.available()) {
			return ServerResponse.status((issuer == null) ? 404 : 503).build();
		}
		return request.formData().flatMap((form) -> {
			String client = form.getFirst("client_id");
			String secret = form.getFirst("client_secret");
			if (!"client_credentials".equals(form.getFirst("grant_type")) || client == null || secret == null
					|| secret.isEmpty()) {
				return ServerResponse.status(401)
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue("{\"error\":\"invalid_client\"}");
			}
			long now = this.clock.millis() / 1000;
			String token = issuer.token(new JsonBytes().object()
				.field("iss", issuer.url())
				.field("sub", client)
				.field("aud", form.getFirst("audience"))
				.field("iat", now)
				.field("nbf", now)
				.field("exp", now + SECONDS)
				.field("jti", UUID.randomUUID().toString())
				.endObject());
			return ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(new JsonBytes().object()
					.field("token_type", "Bearer")
					.field("expires_in", SECONDS)
					.field("access_token", token)
					.endObject()
					.toBytes());
		});
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
