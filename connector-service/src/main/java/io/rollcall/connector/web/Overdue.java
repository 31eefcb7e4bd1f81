package io.rollcall.connector.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.epoll.EpollSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses notifications that lay in their socket for so long that Graph would hardly get
 * an answer in time, before anything else is done with them: above its capacity this
 * service says so instead of falling further and further behind. How long they lay is
 * known on Linux only; elsewhere the time counts from here.
 */
final class Overdue implements WebFilter, Ordered {

	private static final Logger log = LoggerFactory.getLogger(Overdue.class);

	/** Graph counts an answer as slow from 3 s on. */
	private static final Duration LONGEST = Duration.ofSeconds(2);

	/** What is read later would hardly be answered in time. */
	private static final Duration LONGEST_UNREAD = Duration.ofSeconds(1);

	/** Seconds after which Graph may post again what was refused. */
	static final String RETRY_AFTER = "10";

	private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

	private static final String DEADLINE = Overdue.class.getName() + ".deadline";

	private final MeterRegistry metrics;

	private final AtomicLong toldAt = new AtomicLong();

	Overdue(MeterRegistry metrics) {
		this.metrics = metrics;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getMethod() != HttpMethod.POST || !request.getPath().value().startsWith("/graph/")) {
			return chain.filter(exchange);
		}
		Duration waited = waited(request);
		if (waited.compareTo(LONGEST_UNREAD) >= 0 && !request.getQueryParams().containsKey("validationToken")) {
			tell(waited);
			ServerHttpResponse response = exchange.getResponse();
			response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			response.getHeaders().set("Retry-After", RETRY_AFTER);
			return response.setComplete();
		}
		exchange.getAttributes().put(DEADLINE, System.nanoTime() + LONGEST.minus(waited).toNanos());
		return chain.filter(exchange);
	}

	private void tell(Duration waited) {
		this.metrics.counter("rollcall.webhook.notifications", "outcome", "refused").increment();
		long now = System.nanoTime();
		long last = this.toldAt.get();
		if ((last == 0 || now - last > TOLD_EVERY.toNanos()) && this.toldAt.compareAndSet(last, now)) {
			log.warn("Notifications come faster than they can be taken: one waited for {} ms before it was read. Graph "
					+ "is asked to post those again; more instances take more", waited.toMillis());
		}
	}

	/** How long the answer may still take. */
	static Duration left(ServerWebExchange exchange) {
		long deadline = exchange.getAttributeOrDefault(DEADLINE, System.nanoTime() + LONGEST.toNanos());
		return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
	}

	private static Duration waited(ServerHttpRequest request) {
		Duration[] waited = { Duration.ZERO };
		if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty) {
			netty.withConnection((connection) -> {
				if (connection.channel() instanceof EpollSocketChannel socket) {
					waited[0] = Duration.ofMillis(socket.tcpInfo().lastDataRecv());
				}
			});
		}
		return waited[0];
	}

}
