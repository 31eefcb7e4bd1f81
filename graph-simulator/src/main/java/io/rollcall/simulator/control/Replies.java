package io.rollcall.simulator.control;

import io.rollcall.simulator.json.JsonBytes;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Answers of the control API: JSON, or a problem (RFC 9457). */
final class Replies {

	private Replies() {
	}

	static Mono<ServerResponse> ok(JsonBytes json) {
		return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(json.toBytes());
	}

	static Mono<ServerResponse> created(JsonBytes json) {
		return ServerResponse.status(201).contentType(MediaType.APPLICATION_JSON).bodyValue(json.toBytes());
	}

	static Mono<ServerResponse> noContent() {
		return ServerResponse.noContent().build();
	}

	static Mono<ServerResponse> problem(int status, String title, String detail) {
		JsonBytes json = new JsonBytes().object()
			.field("type", "about:blank")
			.field("title", title)
			.field("status", status)
			.field("detail", detail)
			.endObject();
		return ServerResponse.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).bodyValue(json.toBytes());
	}

}
