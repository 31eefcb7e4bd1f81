package io.rollcall.connector.web;

import java.util.concurrent.Semaphore;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Limits the notifications that are being stored: what is over the limit is refused at
 * once, before its body is read, and Graph posts it again. Handshakes are always
 * answered.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PostsInFlight implements WebFilter {

	/** Seconds after which Graph may post again what was refused. */
	static final String RETRY_AFTER = "10";

	/** Not many more than are answered within 100 ms, as Graph minds slow answers. */
	private static final int PLACES = 64;

	private final Semaphore places = new Semaphore(PLACES);

	private final MeterRegistry metrics;

	PostsInFlight(MeterRegistry metrics) {
		this.metrics = metrics;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getMethod() != HttpMethod.POST || !request.getPath().value().startsWith("/graph/")
				|| request.getQueryParams().containsKey("validationToken")) {
			return chain.filter(exchange);
		}
		if (!this.places.tryAcquire()) {
			this.metrics.counter("rollcall.webhook.notifications", "outcome", "refused").increment();
			ServerHttpResponse response = exchange.getResponse();
			response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			response.getHeaders().set("Retry-After", RETRY_AFTER);
			return response.setComplete();
		}
		return chain.filter(exchange).doFinally((_) -> this.places.release());
	}

}
