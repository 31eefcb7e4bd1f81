package io.rollcall.benchmarks.pipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Stands between Graph and the connector's webhook and passes everything on, to learn the
 * client states that no API tells. Costs each notification about a millisecond.
 */
public final class Relay implements AutoCloseable {

	private final String target;

	private final HttpServer server;

	private final Map<String, String> clientStates = new ConcurrentHashMap<>();

	Relay(String target) {
		this.target = target;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_000);
		}
		catch (IOException ex) {
			throw new IllegalStateException("no port for the relay: " + ex, ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::pass);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** What a source's notifications must repeat; null before there was one. */
	public @Nullable String clientState(String source) {
		return this.clientStates.get(source);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void pass(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			learn(body);
			HttpRequest.Builder request = Http.to(this.target + pathOf(exchange.getRequestURI()))
				.POST(HttpRequest.BodyPublishers.ofByteArray(body));
			String type = exchange.getRequestHeaders().getFirst("Content-Type");
			if (type != null) {
				request.header("Content-Type", type);
			}
			HttpResponse<byte[]> answer = Http.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			answer.headers()
				.firstValue("Content-Type")
				.ifPresent((value) -> exchange.getResponseHeaders().set("Content-Type", value));
			exchange.sendResponseHeaders(answer.statusCode(), (answer.body().length > 0) ? answer.body().length : -1);
			exchange.getResponseBody().write(answer.body());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String pathOf(URI uri) {
		return (uri.getRawQuery() != null) ? uri.getRawPath() + "?" + uri.getRawQuery() : uri.getRawPath();
	}

	private void learn(byte[] body) {
		if (body.length == 0 || body[0] != '{') {
			return;
		}
		try {
			for (JsonNode item : Http.JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("value")) {
				String state = item.path("clientState").asString("");
				int dot = state.lastIndexOf('.');
				if (dot > 0) {
					this.clientStates.put(state.substring(0, dot), state);
				}
			}
		}
		catch (UncheckedIOException ex) {
			// not for us to judge: the connector gets it as it is
		}
	}

}
