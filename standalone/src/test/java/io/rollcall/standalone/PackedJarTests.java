package io.rollcall.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.rollcall.embedded.Ports;
import io.rollcall.standalone.furniture.SimulatedTenant;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The connector as {@code java -jar} starts it, with the class loader of a packed jar:
 * libraries that look for their parts on the wrong one are not there, and whoever asks
 * would wait for ever.
 */
class PackedJarTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI connector = URI.create("http://127.0.0.1:" + Ports.free());

	@TempDir
	private Path folder;

	@Test
	void refusesAWrongSecretInSecondsAndTakesTheRightOne() throws Exception {
		Optional<Path> jar = jar();
		assumeTrue(jar.isPresent(), "connector-service is not packed: ./mvnw verify packs it");
		RealServices.freshTopics();
		RealServices.freshMongoDatabase("rollcall-connector");
		try (SimulatedTenant tenant = SimulatedTenant.start(new SimulatedTenant.Plan(0, 5, 1, 0, null))) {
			Process process = start(jar.orElseThrow(), tenant.url());
			try {
				Awaitility.await("ready")
					.atMost(Duration.ofSeconds(90))
					.ignoreExceptionsMatching(IOException.class::isInstance)
					.until(() -> !process.isAlive() || status(
							HttpRequest.newBuilder(this.connector.resolve("/actuator/health/readiness"))) == 200);
				assertThat(process.isAlive()).as(() -> "it runs; its log is:\n" + log()).isTrue();
				assertThat(create("wrong", "not-the-secret")).isEqualTo(400);
				assertThat(create("right", SimulatedTenant.CLIENT_SECRET)).isEqualTo(201);
			}
			finally {
				process.destroy();
				process.waitFor();
			}
		}
	}

	private int create(String id, String secret) throws Exception {
		String body = """
				{"id":"%s","organization":"%s","name":"Contoso","tenant":"%s","clientId":"%s","clientSecret":"%s"}"""
			.formatted(id, id, SimulatedTenant.DOMAIN, SimulatedTenant.CLIENT_ID, secret);
		return status(HttpRequest.newBuilder(this.connector.resolve("/api/connections"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private Process start(Path jar, URI graph) throws IOException {
		return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString(),
				"--server.port=" + this.connector.getPort(), "--rollcall.public-url=" + this.connector,
				"--rollcall.kafka.brokers=" + RealServices.kafkaBrokers(),
				"--rollcall.mongodb.uri=" + RealServices.mongoUri(), "--rollcall.graph.base-url=" + graph,
				"--rollcall.graph.authority=" + graph,
				"--rollcall.encryption-key=" + Base64.getEncoder().encodeToString(new byte[32]))
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("connector.log").toFile())
			.start();
	}

	private String log() {
		try {
			List<String> lines = Files.readAllLines(this.folder.resolve("connector.log"));
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static Optional<Path> jar() throws IOException {
		Path target = Path.of("..", "connector-service", "target");
		if (!Files.isDirectory(target)) {
			return Optional.empty();
		}
		try (Stream<Path> files = Files.list(target)) {
			return files.filter((file) -> file.toString().endsWith("-exec.jar")).findFirst();
		}
	}

}
