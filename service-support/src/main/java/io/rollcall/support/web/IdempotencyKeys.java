package io.rollcall.support.web;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;

import io.rollcall.support.IdempotentAnswers;
import io.rollcall.support.IdempotentAnswers.Answer;
import io.rollcall.support.IdempotentAnswers.Begun;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * A write with an {@code Idempotency-Key} is done once: asked again, with the same key
 * and the same request, it gives the answer of the first time. What failed was not done
 * and may be asked again; a stream is not kept.
 */
final class IdempotencyKeys implements WebFilter {

	private static final String KEY = "Idempotency-Key";

	private static final int LONGEST_KEY = 200;

	private static final int LONGEST_ANSWER = 256 * 1024;

	private static final Set<HttpMethod> WRITES = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH,
			HttpMethod.DELETE);

	private static final Scheduler WAITING = Schedulers.fromExecutor(new VirtualThreadTaskExecutor("web-once-"));

	private final IdempotentAnswers answers;

	private final JsonMapper json;

	IdempotencyKeys(IdempotentAnswers answers, JsonMapper json) {
		this.answers = answers;
		this.json = json;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		String key = request.getHeaders().getFirst(KEY);
		if (key == null || !WRITES.contains(request.getMethod())
				|| !request.getPath().value().startsWith(KnownParameters.OURS)) {
			return chain.filter(exchange);
		}
		if (key.isBlank() || key.length() > LONGEST_KEY) {
			return refuse(exchange, HttpStatus.BAD_REQUEST,
					"%s needs 1 to %d characters: a UUID, say".formatted(KEY, LONGEST_KEY));
		}
		String same = "%s %s %d".formatted(request.getMethod(), request.getURI().getRawPath(),
				request.getHeaders().getContentLength());
		return waiting(() -> this.answers.begin(key, same)).flatMap((begun) -> switch (begun) {
			case Begun.Now _ -> once(exchange, chain, key);
			case Begun.Before(Answer answer) -> again(exchange.getResponse(), answer);
			case Begun.Already _ -> refuse(exchange, HttpStatus.CONFLICT,
					"The request with this %s is still being answered: ask again in a moment".formatted(KEY));
			case Begun.Otherwise _ -> refuse(exchange, HttpStatus.UNPROCESSABLE_CONTENT,
					"This %s was used for another request: take a new one for each".formatted(KEY));
		});
	}

	private Mono<Void> once(ServerWebExchange exchange, WebFilterChain chain, String key) {
		Kept kept = new Kept(exchange.getResponse(), key);
		return chain.filter(exchange.mutate().response(kept).build())
			.onErrorResume((failure) -> kept.settle(null).then(Mono.error(failure)))
			.then(Mono.defer(() -> kept.settle(null)))
			.then();
	}

	private static Mono<Void> again(ServerHttpResponse response, Answer answer) {
		response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
		set(response, HttpHeaders.CONTENT_TYPE, answer.contentType());
		set(response, HttpHeaders.LOCATION, answer.location());
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		return (body.length > 0) ? response.writeWith(Mono.just(response.bufferFactory().wrap(body)))
				: response.setComplete();
	}

	private static void set(ServerHttpResponse response, String header, @Nullable String value) {
		if (value != null) {
			response.getHeaders().set(header, value);
		}
	}

	private Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status, String detail) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(status);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		byte[] body = this.json.writeValueAsBytes(ProblemDetail.forStatusAndDetail(status, detail));
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

	private static <T> Mono<T> waiting(Callable<T> work) {
		return Mono.fromCallable(work).subscribeOn(WAITING);
	}

	/** Keeps the answer, or forgets the key, before the caller gets it. */
	private final class Kept extends ServerHttpResponseDecorator {

		private final String key;

		private volatile boolean settled;

		private Kept(ServerHttpResponse response, String key) {
			super(response);
			this.key = key;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return DataBufferUtils.join(body)
				.map(Kept::bytes)
				.defaultIfEmpty(new byte[0])
				.flatMap(
						(bytes) -> settle(answer(bytes)).then(super.writeWith(Mono.just(bufferFactory().wrap(bytes)))));
		}

		private static byte[] bytes(DataBuffer whole) {
			byte[] bytes = new byte[whole.readableByteCount()];
			whole.read(bytes);
			DataBufferUtils.release(whole);
			return bytes;
		}

		@Override
		public Mono<Void> setComplete() {
			return isCommitted() ? super.setComplete()
					: settle(answer(new byte[0])).then(Mono.defer(() -> super.setComplete()));
		}

		private @Nullable Answer answer(byte[] body) {
			HttpStatusCode status = (getStatusCode() != null) ? getStatusCode() : HttpStatus.OK;
			if (!status.is2xxSuccessful() || body.length > LONGEST_ANSWER) {
				return null;
			}
			return new Answer(status.value(), getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
					getHeaders().getFirst(HttpHeaders.LOCATION), new String(body, StandardCharsets.UTF_8));
		}

		/** The first word holds; null is that there is nothing to keep. */
		private Mono<Boolean> settle(@Nullable Answer answer) {
			if (this.settled) {
				return Mono.just(true);
			}
			this.settled = true;
			return waiting(() -> {
				if (answer != null) {
					IdempotencyKeys.this.answers.answered(this.key, answer);
				}
				else {
					IdempotencyKeys.this.answers.forget(this.key);
				}
				return true;
			});
		}

	}

}
