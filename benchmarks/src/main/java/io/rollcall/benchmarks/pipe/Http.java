package io.rollcall.benchmarks.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.rollcall.benchmarks.process.Child;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to our own processes. */
public final class Http {

	static final JsonMapper JSON = JsonMapper.builder().build();

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final Duration START = Duration.ofMinutes(3);

	private Http() {
	}

	/** A port that was free a moment ago. */
	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException("no free port: " + ex, ex);
		}
	}

	public static HttpRequest.Builder to(String url) {
		return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(2));
	}

	public static HttpClient client() {
		return CLIENT;
	}

	/** Sends JSON or text, and fails on any error. */
	public static JsonNode send(String method, String url, String body) {
		return send(method, url, body,
				(body.startsWith("{") || body.startsWith("[")) ? "application/json" : "text/plain;charset=UTF-8");
	}

	public static JsonNode send(String method, String url, String body, String type) {
		HttpResponse<String> answer = exchange(
				to(url).method(method, HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", type).build(),
				BodyHandlers.ofString());
		if (answer.statusCode() >= 300) {
			throw new IllegalStateException(
					"%s %s answered %d: %s".formatted(method, url, answer.statusCode(), answer.body()));
		}
		return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
	}

	public static JsonNode get(String url) {
		return JSON.readTree(exchange(to(url).GET().build(), BodyHandlers.ofString()).body());
	}

	static InputStream stream(String url) {
		return exchange(to(url).GET().build(), BodyHandlers.ofInputStream()).body();
	}

	/**
	 * Waits until a process answers its health check with 200; says how long that took.
	 */
	static Duration awaitReady(Child process, String url) {
		long begun = System.nanoTime();
		while (System.nanoTime() - begun < START.toNanos()) {
			process.checkAlive();
			try {
				if (exchange(to(url).timeout(Duration.ofSeconds(10)).GET().build(), BodyHandlers.discarding())
					.statusCode() == 200) {
					return Duration.ofNanos(System.nanoTime() - begun);
				}
			}
			catch (IllegalStateException ex) {
				// nobody listens yet
			}
			pause(50);
		}
		throw new IllegalStateException("%s was not ready within %s at %s".formatted(process.name(), START, url));
	}

	/** Waits a moment before looking again. */
	public static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		try {
			return CLIENT.send(request, handler);
		}
		catch (IOException ex) {
			throw new IllegalStateException(request.uri() + ": " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
