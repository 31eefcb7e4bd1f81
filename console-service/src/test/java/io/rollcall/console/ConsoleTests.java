package io.rollcall.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleTests {

	private static final CountDownLatch FIRST_EVENT_READ = new CountDownLatch(1);

	private static HttpServer service;

	private static ConfigurableApplicationContext console;

	private static URI address;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void start() throws Exception {
		service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		service.createContext("/api/echo", ConsoleTests::echo);
		service.createContext("/api/stream", ConsoleTests::stream);
		service.start();
		String upstream = "http://127.0.0.1:" + service.getAddress().getPort();
		console = ConsoleApplication.application()
			.run("--server.port=0", "--rollcall.console.connector=" + upstream,
					"--rollcall.console.notifier=" + upstream, "--rollcall.console.reconciler=http://127.0.0.1:1");
		address = URI.create("http://127.0.0.1:" + console.getEnvironment().getProperty("local.server.port"));
	}

	@AfterAll
	static void stop() {
		console.close();
		service.stop(0);
	}

	@Test
	void servesThePage() throws Exception {
		HttpResponse<String> page = get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<title>Rollcall</title>").doesNotContain("https://cdn", "http://cdn");
		assertThat(page.headers().firstValue("content-security-policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).contains("default-src 'self'"));
	}

	@Test
	void forwardsMethodPathQueryHeadersAndBody() throws Exception {
		HttpResponse<String> answer = this.client
			.send(HttpRequest.newBuilder(address.resolve("/connector/api/echo/a%2Fb?q=%C3%A4&limit=2"))
				.header("X-Asked", "yes")
				.method("PUT", HttpRequest.BodyPublishers.ofString("{\"paused\":true}"))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(418);
		assertThat(answer.headers().firstValue("x-answered")).hasValue("yes");
		assertThat(answer.body()).isEqualTo("PUT /api/echo/a%2Fb?q=%C3%A4&limit=2 yes {\"paused\":true}");
	}

	@Test
	void letsAnEventThroughBeforeTheNextOneHappens() throws Exception {
		HttpResponse<Stream<String>> stream = this.client.send(
				HttpRequest.newBuilder(address.resolve("/notifier/api/stream")).build(),
				HttpResponse.BodyHandlers.ofLines());
		assertThat(stream.body()
			.filter((line) -> line.startsWith("data:"))
			.peek((line) -> FIRST_EVENT_READ.countDown())
			.limit(2)).containsExactly("data: first", "data: after the first was read");
	}

	@Test
	void saysWhichServiceDoesNotAnswer() throws Exception {
		HttpResponse<String> answer = get("/reconciler/api/organizations/acme/accounts");
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("The reconciler does not answer at http://127.0.0.1:1. Is it running?");
	}

	@Test
	void isHealthy() throws Exception {
		assertThat(get("/actuator/health").body()).contains("UP");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static void echo(HttpExchange exchange) throws IOException {
		String said = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
				+ exchange.getRequestHeaders().getFirst("X-Asked") + " "
				+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("X-Answered", "yes");
		byte[] body = said.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(418, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private static void stream(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		exchange.getResponseBody().write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
		exchange.getResponseBody().flush();
		try {
			boolean read = FIRST_EVENT_READ.await(10, TimeUnit.SECONDS);
			exchange.getResponseBody()
				.write(("data: " + (read ? "after" : "before") + " the first was read\n\n")
					.getBytes(StandardCharsets.UTF_8));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		exchange.close();
	}

}
