package io.rollcall.simulator.graph;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.rollcall.simulator.faults.Clocks;
import io.rollcall.simulator.faults.FaultRule;
import io.rollcall.simulator.faults.FaultedCall;
import io.rollcall.simulator.faults.Faults;
import io.rollcall.simulator.faults.Latencies;
import io.rollcall.simulator.faults.Throttling;
import io.rollcall.simulator.identity.AccessTokens;
import io.rollcall.simulator.identity.AccessTokens.Verification;
import io.rollcall.simulator.tenant.ActRefused;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** From an HTTP exchange to an answer: token, faults, throttling, route. */
public final class GraphHandler {

	private static final byte[] NO_BODY = {};

	private final AccessTokens tokens;

	private final Faults faults;

	private final Throttling throttling;

	private final Latencies latencies;

	private final Clocks clocks;

	private final GraphRoutes routes;

	private final Scheduler blocking;

	GraphHandler(AccessTokens tokens, Faults faults, Throttling throttling, Latencies latencies, Clocks clocks,
			GraphRoutes routes, Scheduler blocking) {
		this.tokens = tokens;
		this.faults = faults;
		this.throttling = throttling;
		this.latencies = latencies;
		this.clocks = clocks;
		this.routes = routes;
		this.blocking = blocking;
	}

	public Mono<ServerResponse> handle(ServerRequest request) {
		List<String> segments = GraphRequest.segments(request.requestPath().value());
		List<String> path = segments.subList(1, segments.size());
		String header = request.headers().firstHeader("Authorization");
		if (header == null || !header.startsWith("Bearer ") || header.length() < 8) {
			return send(unauthorized("Access token is empty."), request);
		}
		return switch (this.tokens.verify(header.substring(7))) {
			case Verification.Refused(String message) -> send(unauthorized(message), request);
			case Verification.Granted granted -> granted(request, path, granted);
		};
	}

	private Mono<ServerResponse> granted(ServerRequest request, List<String> path, Verification.Granted granted) {
		Map<String, String> query = GraphRequest.query(request.uri());
		String tenant = granted.tenant().id();
		request.exchange().getResponse().getHeaders().setDate(this.clocks.now(tenant).toEpochMilli());
		FaultedCall call = new FaultedCall(tenant, request.method().name(), '/' + String.join("/", path),
				query.get("$skiptoken"), query.get("$deltatoken"), query.get("$select"));
		FaultRule fault = this.faults.strike(call);
		if (fault != null && fault.kind().answers()) {
			return send(FaultAnswers.answer(fault, base(request) + call.path(),
					FaultAnswers.scope(granted.app().appId(), tenant)), request);
		}
		Throttling.Verdict verdict = this.throttling.spend(tenant, granted.app().appId(),
				Throttling.cost(call.method(), path, query), request.headers().firstHeader("x-ms-throttle-priority"));
		if (verdict.refused()) {
			return send(FaultAnswers.throttled(verdict, granted.app().appId(), tenant), request);
		}
		Mono<GraphResponse> answer = body(request)
			.map((body) -> new GraphRequest(granted.tenant(), granted.app(), call.method(), path, query, base(request),
					request.headers().asHttpHeaders(), body, this.faults.quirks(call), this.faults.variants(tenant),
					this.faults.lag(tenant)))
			.flatMap(this::answer);
		long millis = this.latencies.next(tenant);
		Mono<GraphResponse> inTime = (millis > 0) ? answer.delayElement(Duration.ofMillis(millis)) : answer;
		return inTime.flatMap((response) -> (fault != null) ? FaultAnswers.spoil(fault, response, request)
				: send(response, request, verdict));
	}

	/** Whoever waits for a handshake must not keep a thread of the server. */
	private Mono<GraphResponse> answer(GraphRequest request) {
		Mono<GraphResponse> answer = Mono.fromCallable(() -> {
			try {
				return this.routes.answer(request);
			}
			catch (GraphRefused refused) {
				return refused.response();
			}
			catch (ActRefused refused) {
				return GraphResponse.error(400, "Request_BadRequest", String.valueOf(refused.getMessage()));
			}
		});
		boolean waits = !request.path().isEmpty() && request.path().getFirst().equals("subscriptions");
		return waits ? answer.subscribeOn(this.blocking) : answer;
	}

	private static Mono<byte[]> body(ServerRequest request) {
		return request.method().name().equals("GET") ? Mono.just(NO_BODY)
				: request.bodyToMono(byte[].class).defaultIfEmpty(NO_BODY);
	}

	/**
	 * As the client wrote it, so that links lead back here whatever the host is called.
	 */
	private static String base(ServerRequest request) {
		URI uri = request.uri();
		String version = request.requestPath().value().split("/", 3)[1];
		return uri.getScheme() + "://" + uri.getRawAuthority() + '/' + version;
	}

	static Mono<ServerResponse> send(GraphResponse response, ServerRequest request) {
		return send(response, request, null);
	}

	static Mono<ServerResponse> send(GraphResponse response, ServerRequest request,
			Throttling.@Nullable Verdict verdict) {
		String id = UUID.randomUUID().toString();
		String client = request.headers().firstHeader("client-request-id");
		ServerResponse.BodyBuilder builder = ServerResponse.status(response.status())
			.header("request-id", id)
			.header("client-request-id", (client != null) ? client : id);
		response.headers().forEach(builder::header);
		if (verdict != null) {
			builder.header("x-ms-resource-unit", String.valueOf(verdict.units()));
			if (verdict.used() >= 0.8) {
				builder.header("x-ms-throttle-limit-percentage", "%.1f".formatted(Math.min(1.8, verdict.used())));
			}
		}
		if (response.body().length == 0) {
			return builder.build();
		}
		if (!response.headers().containsKey("Content-Type")) {
			builder.header("Content-Type",
					"application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8");
		}
		return builder.bodyValue(response.body());
	}

	private static GraphResponse unauthorized(String message) {
		return GraphResponse.error(401, "InvalidAuthenticationToken", message, Map.of("WWW-Authenticate",
				"Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\""));
	}

}
