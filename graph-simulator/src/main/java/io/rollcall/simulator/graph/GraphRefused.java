package io.rollcall.simulator.graph;

/** Ends the answering of a request with an error. */
final class GraphRefused extends RuntimeException {

	private final transient GraphResponse response;

	GraphRefused(GraphResponse response) {
		super("answered " + response.status(), null, false, false);
		this.response = response;
	}

	static GraphRefused badRequest(String message) {
		return new GraphRefused(GraphResponse.error(400, "Request_BadRequest", message));
	}

	GraphResponse response() {
		return this.response;
	}

}
