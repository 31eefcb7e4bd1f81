package io.rollcall.connector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.rollcall.simulator.SimulatorApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

/** A Graph of the tests' own, and a hand on what happens in it. */
final class Simulator implements AutoCloseable {

	static final String APP = "11111111-2222-4333-8444-555555555555";

	static final String SECRET = "simulator-secret";

	/** An application that any tenant may give consent to. */
	static final String ROLLCALL_APP = "99999999-2222-4333-8444-555555555555";

	static final String ROLLCALL_SECRET = "secret-of-rollcall";

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private final String url;

	private Simulator(ConfigurableApplicationContext context) {
		this.context = context;
		this.url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
	}

	static Simulator start() {
		return new Simulator(SimulatorApplication.application().run("--server.port=0"));
	}

	String url() {
		return this.url;
	}

	/** A tenant of this size; gives back its id. */
	String tenant(int users, Map<String, Object> more) {
		String id = java.util.UUID.randomUUID().toString();
		var body = new java.util.LinkedHashMap<String, Object>(
				Map.of("id", id, "domain", "t" + id.substring(0, 8) + ".example"));
		body.putAll(more);
		body.put("users", users);
		return call("POST", "/control/tenants", JSON.writeValueAsString(body)).path("id").asString();
	}

	String tenant(int users) {
		return tenant(users, Map.of("flaws", 0));
	}

	/** Lets things happen; gives back the ids of the objects they happened to. */
	List<String> happens(String tenant, String script) {
		JsonNode performed = call("POST", "/control/tenants/" + tenant + "/acts", script).path("performed");
		return performed.valueStream().map((each) -> each.path("id").asString()).toList();
	}

	void fault(String tenant, Map<String, Object> fault) {
		call("POST", "/control/tenants/" + tenant + "/faults", JSON.writeValueAsString(fault));
	}

	/** How often each fault has struck. */
	long strikes(String tenant) {
		return call("GET", "/control/tenants/" + tenant + "/faults", null).valueStream()
			.mapToLong((fault) -> fault.path("strikes").asLong())
			.sum();
	}

	void noFaults(String tenant) {
		call("DELETE", "/control/tenants/" + tenant + "/faults", null);
	}

	void app(String tenant, Map<String, Object> changed) {
		call("PUT", "/control/tenants/" + tenant + "/apps/" + APP, JSON.writeValueAsString(changed));
	}

	JsonNode subscriptions(String tenant) {
		return call("GET", "/control/tenants/" + tenant + "/subscriptions", null);
	}

	JsonNode call(String method, String path, String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + path))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			HttpResponse<String> answer = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() >= 300) {
				throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
			}
			return JSON.readTree(answer.body().isBlank() ? "{}" : answer.body());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	Facts truth(String tenant) {
		try {
			String lines = this.http
				.send(HttpRequest.newBuilder(URI.create(this.url + "/control/tenants/" + tenant + "/truth")).build(),
						HttpResponse.BodyHandlers.ofString())
				.body();
			return Facts.ofTruth(lines.lines().map(JSON::readTree).toList());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
