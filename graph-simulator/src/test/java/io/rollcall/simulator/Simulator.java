package io.rollcall.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.rollcall.simulator.control.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

/** A simulator that runs for all tests of this JVM, and a tenant of one's own in it. */
final class Simulator {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final AtomicLong SEEDS = new AtomicLong(100);

	private static final ConfigurableApplicationContext CONTEXT = SimulatorApplication.application()
		.run("--server.port=0", "--logging.level.root=WARN", "--rollcall.simulator.handshake-limit=1s");

	private final String base;

	private final String tenant;

	private String token = "";

	private Simulator(String base, String tenant) {
		this.base = base;
		this.tenant = tenant;
	}

	record Answer(int status, HttpResponse<byte[]> http, JsonNode json) {

		String header(String name) {
			return this.http.headers().firstValue(name).orElse("");
		}

		String error() {
			return this.json.path("error").path("code").asString("");
		}

	}

	static String url() {
		return "http://localhost:" + CONTEXT.getEnvironment().getProperty("local.server.port");
	}

	static Simulator tenant(int users) {
		return tenant("{\"users\":%d,\"seed\":%d}".formatted(users, SEEDS.incrementAndGet()));
	}

	static Simulator tenant(String spec) {
		Answer created = send("POST", url() + "/control/tenants", spec, Map.of());
		if (created.status() != 201) {
			throw new IllegalStateException(created.json().toString());
		}
		Simulator simulator = new Simulator(url(), created.json().path("id").asString());
		simulator.token = simulator.token(World.DEFAULT_APP, World.DEFAULT_SECRET)
			.json()
			.path("access_token")
			.asString();
		return simulator;
	}

	String id() {
		return this.tenant;
	}

	String bearer() {
		return this.token;
	}

	void use(String otherToken) {
		this.token = otherToken;
	}

	Answer token(String app, String secret) {
		return token(app, secret, "https://graph.microsoft.com/.default openid profile offline_access");
	}

	Answer token(String app, String secret, String scope) {
		String form = "client_id=%s&client_secret=%s&grant_type=client_credentials&scope=%s".formatted(app, secret,
				URLEncoder.encode(scope, StandardCharsets.UTF_8));
		return send("POST", this.base + "/" + this.tenant + "/oauth2/v2.0/token", form,
				Map.of("Content-Type", "application/x-www-form-urlencoded"));
	}

	/** Asks for a token by an assertion in place of a secret. */
	Answer assertion(String app, String assertion) {
		String form = ("client_id=%s&grant_type=client_credentials&scope=https%%3A%%2F%%2Fgraph.microsoft.com%%2F.default"
				+ "&client_assertion_type=urn%%3Aietf%%3Aparams%%3Aoauth%%3Aclient-assertion-type%%3Ajwt-bearer"
				+ "&client_assertion=%s")
			.formatted(app, assertion);
		return send("POST", this.base + "/" + this.tenant + "/oauth2/v2.0/token", form,
				Map.of("Content-Type", "application/x-www-form-urlencoded"));
	}

	/** A Graph call; what does not begin with http is beneath the version. */
	Answer get(String path, String... headers) {
		return call("GET", path, null, headers);
	}

	Answer call(String method, String path, String body, String... headers) {
		Map<String, String> all = new java.util.HashMap<>(
				Map.of("Authorization", "Bearer " + this.token, "Content-Type", "application/json"));
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		return send(method, path.startsWith("http") ? path : this.base + "/v1.0" + path, body, all);
	}

	Answer control(String method, String path, String body) {
		return send(method, this.base + "/control/tenants/" + this.tenant + path, body, Map.of());
	}

	/** Runs a script and answers the ids of what it happened to. */
	List<String> act(String script) {
		Answer answer = control("POST", "/acts", script);
		if (answer.status() != 200) {
			throw new IllegalStateException(answer.json().toString());
		}
		List<String> ids = new ArrayList<>();
		answer.json().path("performed").forEach((performed) -> ids.add(performed.path("id").asString()));
		return ids;
	}

	void fault(String rule) {
		Answer answer = control("POST", "/faults", rule);
		if (answer.status() != 201) {
			throw new IllegalStateException(answer.json().toString());
		}
	}

	/** One round of delta: every page, and the link for the next round. */
	Round round(String path, String... headers) {
		List<JsonNode> objects = new ArrayList<>();
		int pages = 0;
		String link = path;
		while (true) {
			Answer page = get(link, headers);
			if (page.status() != 200) {
				throw new IllegalStateException(page.status() + " " + page.json());
			}
			pages++;
			page.json().path("value").forEach(objects::add);
			if (page.json().has("@odata.deltaLink")) {
				if (page.json().has("@odata.nextLink")) {
					throw new IllegalStateException("both links on one page");
				}
				return new Round(objects, pages, page.json().path("@odata.deltaLink").asString());
			}
			link = page.json().path("@odata.nextLink").asString();
		}
	}

	record Round(List<JsonNode> objects, int pages, String deltaLink) {

		JsonNode only() {
			if (this.objects.size() != 1) {
				throw new IllegalStateException("expected one object: " + this.objects);
			}
			return this.objects.getFirst();
		}

		List<JsonNode> of(String id) {
			return this.objects.stream().filter((object) -> object.path("id").asString().equals(id)).toList();
		}

	}

	List<JsonNode> truth(String kind) {
		HttpResponse<byte[]> response = raw("GET", this.base + "/control/tenants/" + this.tenant + "/truth", null,
				Map.of());
		return new String(response.body(), StandardCharsets.UTF_8).lines()
			.map(MAPPER::readTree)
			.filter((line) -> line.path("kind").asString().equals(kind))
			.toList();
	}

	static JsonNode sample(String name) {
		try (var in = Simulator.class.getResourceAsStream("/graph-samples/" + name + ".json")) {
			return MAPPER.readTree(in);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static HttpResponse<byte[]> raw(String method, String url, String body, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(url.replace("$", "%24").replace(" ", "%20").replace("'", "%27")));
		headers.forEach(request::header);
		request.method(method,
				(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		try {
			return CLIENT.send(request.timeout(java.time.Duration.ofSeconds(60)).build(),
					HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Answer send(String method, String url, String body, Map<String, String> headers) {
		HttpResponse<byte[]> response = raw(method, url, body, headers);
		boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json")
				&& response.body().length > 0;
		return new Answer(response.statusCode(), response,
				json ? MAPPER.readTree(response.body()) : MAPPER.createObjectNode());
	}

}
