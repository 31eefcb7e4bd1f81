package io.rollcall.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service's REST interface. */
public record Rest(String base) {

	private static final JsonMapper JSON = JsonMapper.shared();

	public Answer get(String path) {
		return send("GET", path, "");
	}

	public Answer post(String path, String body) {
		return send("POST", path, body);
	}

	public Answer put(String path, String body) {
		return send("PUT", path, body);
	}

	public Answer delete(String path) {
		return send("DELETE", path, "");
	}

	/** Posts a file. */
	public Answer post(String path, String type, byte[] body) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Content-Type", type)
			.POST(BodyPublishers.ofByteArray(body))
			.build());
	}

	private Answer send(String method, String path, String body) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Content-Type", "application/json")
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.build());
	}

	private static Answer send(HttpRequest request) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			var response = client.send(request, BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
					JSON.readTree(response.body().isEmpty() ? "null" : response.body()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What came back. */
	public record Answer(int status, String type, JsonNode body) {
	}

}
