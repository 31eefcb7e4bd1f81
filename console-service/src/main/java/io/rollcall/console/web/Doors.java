package io.rollcall.console.web;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Forwards {@code /connector/**} and its like to the services, piece by piece, so that
 * event streams pass too.
 */
@Configuration(proxyBeanMethods = false)
class Doors {

	private static final Logger logger = LoggerFactory.getLogger(Doors.class);

	/** Each hop makes its own. */
	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-authenticate",
			"proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "host", "content-length");

	/** Longer than the pause between two heartbeats of an event stream. */
	private static final Duration SILENCE = Duration.ofMinutes(2);

	private final WebClient client;

	Doors(ReactorResourceFactory eventLoops) {
		this.client = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(eventLoops, (http) -> http.responseTimeout(SILENCE)))
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> forwarded(ConsoleSettings settings) {
		RouterFunctions.Builder routes = RouterFunctions.route();
		settings.doors()
			.forEach((door, service) -> routes.path("/" + door,
					(paths) -> paths.route((request) -> true, (request) -> forward(request, door, service))));
		return routes.build();
	}

	private Mono<ServerResponse> forward(ServerRequest request, String door, URI service) {
		URI target = UriComponentsBuilder.fromUri(service)
			.replacePath(request.uri().getRawPath().substring(door.length() + 1))
			.replaceQuery(request.uri().getRawQuery())
			.build(true)
			.toUri();
		return this.client.method(request.method())
			.uri(target)
			.headers((headers) -> copy(request.headers().asHttpHeaders(), headers))
			.body(BodyInserters.fromDataBuffers(request.bodyToFlux(DataBuffer.class)))
			.retrieve()
			.onStatus((status) -> true, (response) -> Mono.empty())
			.toEntityFlux(DataBuffer.class)
			.flatMap(Doors::answer)
			.onErrorResume(WebClientRequestException.class, (ex) -> outOfReach(door, service, ex));
	}

	/** Each piece is flushed: an event must not wait for the next one. */
	private static Mono<ServerResponse> answer(ResponseEntity<Flux<DataBuffer>> answer) {
		Flux<DataBuffer> body = (answer.getBody() != null) ? answer.getBody() : Flux.empty();
		return ServerResponse.status(answer.getStatusCode())
			.headers((headers) -> copy(answer.getHeaders(), headers))
			.build((exchange, context) -> exchange.getResponse().writeAndFlushWith(body.map(Flux::just)));
	}

	private static void copy(HttpHeaders from, HttpHeaders to) {
		from.forEach((name, values) -> {
			if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
				to.put(name, values);
			}
		});
	}

	private static Mono<ServerResponse> outOfReach(String door, URI service, WebClientRequestException ex) {
		logger.debug("The {} at {} does not answer", door, service, ex);
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY,
				"The %s does not answer at %s. Is it running?".formatted(door, service));
		problem.setTitle("Service out of reach");
		return ServerResponse.status(HttpStatus.BAD_GATEWAY)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyValue(problem);
	}

}
