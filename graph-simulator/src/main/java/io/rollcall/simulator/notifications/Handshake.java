package io.rollcall.simulator.notifications;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Asks an endpoint to repeat a token, before anything is sent to it. Blocks: call it on a
 * thread that may wait.
 */
public final class Handshake {

	private final HttpClient client;

	private final Duration limit;

	/**
	 * A handshake.
	 * @param limit how long an endpoint may take; Graph gives it 10 s
	 */
	public Handshake(HttpClient client, Duration limit) {
		this.client = client;
		this.limit = limit;
	}

	/** What the endpoint did. */
	public enum Outcome {

		VALID, TIMED_OUT, WRONG

	}

	public Outcome with(String url) {
		// The plus and colon, the percent sign and the space are there to be decoded.
		String token = "Validation: Testing client application reachability for subscription Request-Id: "
				+ UUID.randomUUID() + "+100%";
		String separator = url.contains("?") ? "&" : "?";
		HttpRequest request = HttpRequest
			.newBuilder(
					URI.create(url + separator + "validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
			.timeout(this.limit)
			.header("Content-Type", "text/plain; charset=utf-8")
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
			boolean plain = response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain");
			return (response.statusCode() == 200 && plain && response.body().equals(token)) ? Outcome.VALID
					: Outcome.WRONG;
		}
		catch (HttpTimeoutException ex) {
			return Outcome.TIMED_OUT;
		}
		catch (IOException ex) {
			return Outcome.WRONG;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Outcome.TIMED_OUT;
		}
	}

}
