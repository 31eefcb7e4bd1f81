package io.rollcall.notifier;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.rollcall.test.RealServices;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it runs, on a free port, seen through its REST API. */
final class RunningNotifier implements AutoCloseable {

	static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private final int port;

	private RunningNotifier(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = ((ReactiveWebServerApplicationContext) context).getWebServer().getPort();
	}

	static RunningNotifier start(String database, Map<String, Object> more) {
		Map<String, Object> properties = new HashMap<>(RealServices.properties());
		properties.put("rollcall.mongodb.database", database);
		properties.put("server.port", 0);
		properties.putAll(more);
		return new RunningNotifier(NotifierApplication.application()
			.run(properties.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new)));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Recipients, each as {@code id:role:language} with all channels. */
	void putRecipients(String organization, String... recipients) {
		List<Map<String, Object>> bodies = new ArrayList<>();
		for (String recipient : recipients) {
			String[] parts = recipient.split(":");
			bodies.add(Map.of("id", parts[0], "name", parts[0], "email", parts[0] + "@" + organization + ".test",
					"role", parts[1], "language", parts[2]));
		}
		HttpResponse<String> response = send("PUT", "/api/organizations/" + organization + "/recipients",
				JSON.writeValueAsString(bodies));
		if (response.statusCode() != 200) {
			throw new AssertionError(response.statusCode() + " " + response.body());
		}
	}

	/** Alerts, the newest first. */
	List<JsonNode> alerts(String organization, String recipient, String query) {
		JsonNode page = JSON.readTree(get(inbox(organization, recipient) + "?limit=200&" + query).body());
		return IntStream.range(0, page.get("alerts").size()).mapToObj((i) -> page.get("alerts").get(i)).toList();
	}

	List<String> titles(String organization, String recipient) {
		return alerts(organization, recipient, "").stream().map((alert) -> alert.get("title").asString()).toList();
	}

	long unread(String organization, String recipient) {
		return JSON.readTree(get(inbox(organization, recipient) + "/unread-count").body()).get("unread").asLong();
	}

	static String inbox(String organization, String recipient) {
		return "/api/organizations/" + organization + "/recipients/" + recipient + "/alerts";
	}

	HttpResponse<String> get(String path) {
		return send("GET", path, null);
	}

	HttpResponse<String> post(String path) {
		return send("POST", path, "");
	}

	HttpResponse<String> send(String method, String path, String body) {
		try {
			return this.http.send(HttpRequest.newBuilder(uri(path))
				.method(method,
						(body != null) ? HttpRequest.BodyPublishers.ofString(body)
								: HttpRequest.BodyPublishers.noBody())
				.header("Content-Type", "application/json")
				.timeout(Duration.ofSeconds(20))
				.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Follows an inbox. */
	OpenStream follow(String organization, String recipient, String lastEventId) {
		return OpenStream.open(this.http, uri(inbox(organization, recipient) + "/stream"), lastEventId);
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	@Override
	public void close() {
		this.context.close();
		// Does not wait for streams that the server left open.
		this.http.shutdownNow();
	}

}
