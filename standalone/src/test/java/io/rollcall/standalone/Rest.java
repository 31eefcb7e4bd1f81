package io.rollcall.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP; whatever is not 2xx fails with what the server said. */
public final class Rest {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	private Rest() {
	}

	public static JsonNode get(URI uri) {
		return JSON.readTree(send(HttpRequest.newBuilder(uri)));
	}

	public static JsonNode post(URI uri, String contentType, String body) {
		return json(send(
				HttpRequest.newBuilder(uri).header("Content-Type", contentType).POST(BodyPublishers.ofString(body))));
	}

	public static JsonNode put(URI uri, String json) {
		return json(send(HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString(json))));
	}

	/** One JSON value a line. */
	public static List<JsonNode> lines(URI uri) {
		return send(HttpRequest.newBuilder(uri)).lines().map(JSON::readTree).toList();
	}

	/** The elements of an array, or of the first array in an object. */
	public static List<JsonNode> items(JsonNode body) {
		List<JsonNode> items = new ArrayList<>();
		if (body.isArray()) {
			body.forEach(items::add);
			return items;
		}
		body.valueStream().filter(JsonNode::isArray).findFirst().ifPresent((array) -> array.forEach(items::add));
		return items;
	}

	private static JsonNode json(String body) {
		return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
	}

	private static String send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> answer = CLIENT.send(request.timeout(Duration.ofSeconds(30)).build(),
					HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() / 100 != 2) {
				throw new IllegalStateException(
						"%s answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
			}
			return answer.body();
		}
		catch (IOException ex) {
			throw new IllegalStateException("no answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
