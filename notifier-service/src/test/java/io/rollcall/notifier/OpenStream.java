package io.rollcall.notifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import tools.jackson.databind.JsonNode;

/** A stream of server-sent events, read like a browser reads it. */
final class OpenStream implements AutoCloseable {

	private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();

	private final List<Long> delays = new CopyOnWriteArrayList<>();

	private final List<String> comments = new CopyOnWriteArrayList<>();

	private final InputStream stream;

	private volatile String lastEventId;

	private volatile boolean ended;

	private OpenStream(InputStream stream, String lastEventId) {
		this.stream = stream;
		this.lastEventId = lastEventId;
		Thread.ofVirtual().start(this::read);
	}

	static OpenStream open(HttpClient http, URI uri, String lastEventId) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(10))
			.header("Accept", "text/event-stream");
		if (lastEventId != null) {
			request.header("Last-Event-ID", lastEventId);
		}
		try {
			HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
			if (response.statusCode() != 200) {
				throw new AssertionError(response.statusCode() + " " + new String(response.body().readAllBytes()));
			}
			return new OpenStream(response.body(), lastEventId);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	List<JsonNode> alerts() {
		return this.alerts;
	}

	List<String> titles() {
		return this.alerts.stream().map((alert) -> alert.get("title").asString()).toList();
	}

	/** How long after it happened each alert arrived here, in milliseconds. */
	List<Long> delays() {
		return this.delays;
	}

	List<String> comments() {
		return this.comments;
	}

	String lastEventId() {
		return this.lastEventId;
	}

	boolean ended() {
		return this.ended;
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.stream, StandardCharsets.UTF_8))) {
			String id = this.lastEventId;
			String data = null;
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("id:")) {
					id = line.substring(3).strip();
				}
				else if (line.startsWith("data:")) {
					data = line.substring(5);
				}
				else if (line.startsWith(":")) {
					this.comments.add(line.substring(1));
				}
				else if (line.isEmpty()) {
					// As the standard says: the id counts when its block is whole, data
					// or not.
					this.lastEventId = id;
					if (data != null) {
						JsonNode alert = RunningNotifier.JSON.readTree(data);
						this.delays
							.add(Duration.between(Instant.parse(alert.get("at").asString()), Instant.now()).toMillis());
						this.alerts.add(alert);
						data = null;
					}
				}
			}
		}
		catch (IOException ex) {
			// Closed by either side.
		}
		this.ended = true;
	}

	@Override
	public void close() {
		try {
			this.stream.close();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
