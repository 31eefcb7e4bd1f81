package io.rollcall.simulator.graph;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.netty.channel.ChannelOption;
import io.rollcall.simulator.faults.FaultKind;
import io.rollcall.simulator.faults.FaultRule;
import io.rollcall.simulator.faults.Throttling;
import io.rollcall.simulator.tenant.Kind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** How each fault looks on the wire. */
public final class FaultAnswers {

	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

	private FaultAnswers() {
	}

	/** The answer of a fault that has a status. */
	static GraphResponse answer(FaultRule fault, String url, String scope) {
		Map<String, String> headers = new LinkedHashMap<>();
		String wait = retryAfter(fault.answer().retryAfter());
		if (wait != null) {
			headers.put("Retry-After", wait);
		}
		int status = fault.kind().status();
		return switch (fault.kind()) {
			case THROTTLED -> {
				headers.put("x-ms-throttle-scope", scope);
				headers.put("x-ms-throttle-information", "CPULimitExceeded");
				yield GraphResponse.error(status, "TooManyRequests", "Please retry again later.", headers);
			}
			case ERROR -> GraphErrors.answer(fault.answer(), headers);
			case UNAVAILABLE -> GraphResponse.error(status, "serviceNotAvailable",
					"The service is temporarily unavailable. Please retry.", headers);
			case GATEWAY_TIMEOUT -> GraphResponse.error(status, "UnknownError", "Gateway timeout.", headers);
			case BAD_GATEWAY -> GraphResponse.error(status, "UnknownError", "Bad gateway.", headers);
			case INTERNAL_ERROR ->
				GraphResponse.error(status, "InternalServerError", "Unable to process request.", headers);
			case UNAUTHORIZED -> GraphResponse.error(status, "InvalidAuthenticationToken",
					"Lifetime validation failed, the token is expired.");
			case DENIED -> GraphResponse.denied();
			case NOT_FOUND -> GraphResponse.notFound(url.substring(url.lastIndexOf('/') + 1));
			case GONE -> GraphResponse.error(status, "syncStateNotFound",
					"The sync state generation is not found. Please resynchronize.",
					Map.of("Location", url + "?$deltatoken="));
			case GONE_WITHOUT_BODY -> new GraphResponse(status, Map.of("Location", url + "?$deltatoken="), new byte[0]);
			case TOKEN_TOO_OLD -> GraphResponse.error(status, "Request_UnsupportedQuery",
					"DeltaLink older than 30 days is not supported.");
			case EXPIRED_PAGE_TOKEN -> GraphResponse.error(status, "Directory_ExpiredPageToken",
					"The specified page token value has expired and can no longer be included in your request.");
			case BADLY_FORMED_TOKEN -> GraphResponse.badlyFormedToken();
			case UNKNOWN_LINK -> GraphResponse.error(status, "UnknownError", "");
			case PROPERTY_UNKNOWN -> GraphResponse.unknownProperty(String.valueOf(fault.calls().select()), typeAt(url));
			case PROPERTY_NOT_TRACKED -> GraphResponse.notTracked();
			case SIGN_IN_ERROR, HANG, SLOW, RESET, TRUNCATED, BROKEN_JSON, DUPLICATE_OBJECT, REPLAY, EMPTY_PAGE,
					ONLY_ID, NAMELESS, SAME_LINK, ENDLESS, MISSING_OBJECT, MISSING_MEMBER ->
				throw new IllegalArgumentException(fault.kind() + " has no answer of its own");
		};
	}

	private static String typeAt(String url) {
		return Arrays.stream(Kind.values())
			.filter((kind) -> url.toLowerCase(Locale.ROOT).contains(kind.path().toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElse(Kind.USER)
			.typeName();
	}

	/** What a limit is counted for, as Graph names it. */
	static String scope(String app, String tenant) {
		return "Tenant_Application/ReadWrite/%s/%s".formatted(app, tenant);
	}

	static GraphResponse throttled(Throttling.Verdict verdict, String app, String tenant) {
		Map<String, String> headers = new LinkedHashMap<>(Map.of("x-ms-throttle-scope", scope(app, tenant),
				"x-ms-throttle-information", "ResourceUnitLimitExceeded"));
		String wait = retryAfter(verdict.retryAfter());
		if (wait != null) {
			headers.put("Retry-After", wait);
		}
		return GraphResponse.error(429, "TooManyRequests",
				"Too many requests from Identifier:%s under category:aadgraph.app.tenant_large. Please try again later."
					.formatted(app),
				headers);
	}

	/** Sends the answer of a fault that has a status. */
	public static Mono<ServerResponse> send(FaultRule fault, ServerRequest request) {
		return GraphHandler.send(answer(fault, request.uri().toString(), scope("-", fault.tenant())), request);
	}

	/** Spoils an answer that was good. */
	static Mono<ServerResponse> spoil(FaultRule fault, GraphResponse good, ServerRequest request) {
		FaultKind kind = fault.kind();
		return switch (kind) {
			case HANG -> Mono.never();
			case SLOW -> Mono.delay(Duration.ofMillis(fault.answer().delayMillis()))
				.then(Mono.defer(() -> GraphHandler.send(good, request)));
			case RESET -> reset(request);
			case TRUNCATED -> truncated(good, request);
			case BROKEN_JSON ->
				GraphHandler.send(new GraphResponse(good.status(), good.headers(), firstHalf(good)), request);
			default -> GraphHandler.send(good, request);
		};
	}

	/**
	 * A number as it is, {@code date:30} as the HTTP date in 30 seconds, none as none.
	 */
	private static @Nullable String retryAfter(@Nullable String wanted) {
		if (wanted == null || wanted.equals("none")) {
			return null;
		}
		if (wanted.startsWith("date:")) {
			long seconds = Long.parseLong(wanted.substring("date:".length()));
			return HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
		}
		return wanted;
	}

	/** Cuts the connection without an answer. */
	public static Mono<ServerResponse> reset(ServerRequest request) {
		HttpServerRequest netty = ServerHttpRequestDecorator.getNativeRequest(request.exchange().getRequest());
		netty.withConnection((connection) -> {
			connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			connection.channel().close();
		});
		return Mono.never();
	}

	private static Mono<ServerResponse> truncated(GraphResponse good, ServerRequest request) {
		byte[] half = firstHalf(good);
		return ServerResponse.status(good.status())
			.header("Content-Type", "application/json")
			.contentLength(good.body().length)
			.body((response, context) -> response
				.writeWith(Flux.just(response.bufferFactory().wrap(half))
					.cast(org.springframework.core.io.buffer.DataBuffer.class))
				.then(Mono.defer(() -> reset(request).then())));
	}

	private static byte[] firstHalf(GraphResponse good) {
		return Arrays.copyOf(good.body(), good.body().length / 2);
	}

}
