package io.rollcall.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's webhook, which behaves as told. */
final class Webhook implements AutoCloseable {

	private final HttpServer server;

	private final List<JsonNode> posts = new CopyOnWriteArrayList<>();

	private final List<String> handshakes = new CopyOnWriteArrayList<>();

	volatile int status = 202;

	volatile long delayMillis;

	volatile boolean decodes = true;

	volatile long handshakeDelayMillis;

	Webhook() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/hook?from=graph";
	}

	/** The items of all posts, in the order they came. */
	List<JsonNode> items() {
		List<JsonNode> items = new ArrayList<>();
		this.posts.forEach((post) -> post.path("value").forEach(items::add));
		return items;
	}

	List<JsonNode> posts() {
		return this.posts;
	}

	List<String> handshakes() {
		return this.handshakes;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		String token = token(exchange.getRequestURI());
		if (token != null) {
			this.handshakes.add(exchange.getRequestURI().toString());
			pause(this.handshakeDelayMillis);
			byte[] answer = (this.decodes ? URLDecoder.decode(token, StandardCharsets.UTF_8) : token)
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "text/plain");
			exchange.sendResponseHeaders(200, answer.length);
			exchange.getResponseBody().write(answer);
		}
		else {
			int answer = this.status;
			this.posts.add(new JsonMapper().readTree(body));
			pause(this.delayMillis);
			exchange.sendResponseHeaders(answer, -1);
		}
		exchange.close();
	}

	private static String token(URI uri) {
		for (String pair : uri.getRawQuery().split("&")) {
			if (pair.startsWith("validationToken=")) {
				return pair.substring("validationToken=".length());
			}
		}
		return null;
	}

	/** A slow endpoint is the point of some tests. */
	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
