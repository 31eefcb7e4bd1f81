package io.rollcall.standalone;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole compose file for real: builds the images, starts everything, syncs the
 * simulated tenant, reads the inbox, kills a container in the middle, and takes it all
 * down.
 */
@Tag("containers")
@EnabledIf(value = "engineAnswers", disabledReason = "no container engine answers, or embedded services were asked for")
class ComposeAcceptanceTests {

	private static final URI SIMULATED = URI.create("https://localhost:8089/control/tenants/acme.example/acts");

	private static final URI RECONCILER = URI.create("http://127.0.0.1:8082/api/organizations/acme/");

	private static final URI INBOX = URI.create("http://127.0.0.1:8083/api/organizations/acme/recipients/owner/alerts");

	private static Compose compose;

	static boolean engineAnswers() {
		return !"embedded".equals(System.getProperty("rollcall.test.services")) && Compose.answers();
	}

	/** Builds five images, which takes its time where nothing is cached. */
	@BeforeAll
	@Timeout(value = 25, unit = TimeUnit.MINUTES)
	static void start() {
		compose = new Compose(root());
		compose.call("down", "--volumes");
		compose.call("up", "--build", "--pull", "missing", "--detach", "--wait", "--wait-timeout", "600");
	}

	@AfterAll
	static void stop() {
		if (compose != null) {
			compose.call("down", "--volumes");
		}
	}

	@Test
	@Timeout(value = 15, unit = TimeUnit.MINUTES)
	void syncsTheTenantAndGoesOnAfterAKill() {
		// To its end: what the first sync itself creates is told of as a whole.
		await("the first sync",
				() -> alerts().stream().anyMatch((alert) -> alert.path("type").asString().equals("RunEnded")));
		assertThat(accounts("?limit=1000")).hasSizeGreaterThan(800);
		act("hire Ada Lovelace");
		await("Ada in the inbox", () -> alerts().stream().anyMatch((alert) -> says(alert, "Ada Lovelace")));
		compose.call("kill", "reconciler");
		act("rename \"Ada Lovelace\" \"Ada Byron\"");
		compose.call("up", "--detach", "--no-build", "--pull", "missing", "--wait", "--wait-timeout", "300",
				"reconciler");
		await("Ada's new name in the inbox",
				() -> alerts().stream().anyMatch((alert) -> says(alert, "Ada Lovelace is now Ada Byron")));
		assertThat(accounts("?q=Ada%20Byron")).hasSize(1);
		assertThat(Rest.get(URI.create("http://127.0.0.1:8025/api/v1/messages")).path("total").asInt()).isPositive();
		assertThat(Rest.get(URI.create("http://127.0.0.1:8080/actuator/health/readiness")).path("status").asString())
			.isEqualTo("UP");
	}

	/**
	 * From inside the network, where the simulator's certificate authority is at hand.
	 */
	private static void act(String script) {
		compose.call("exec", "-T", "graph-simulator", "curl", "-fsS", "--cacert", "/tls/ca.pem", "-H",
				"Content-Type: text/plain", "-d", script, SIMULATED.toString());
	}

	private static List<JsonNode> accounts(String query) {
		return Rest.items(Rest.get(RECONCILER.resolve("accounts" + query)));
	}

	private static List<JsonNode> alerts() {
		return Rest.items(Rest.get(INBOX));
	}

	private static boolean says(JsonNode alert, String words) {
		return alert.path("title").asString().contains(words);
	}

	private static void await(String what, Callable<Boolean> such) {
		Awaitility.await(what)
			.atMost(Duration.ofMinutes(4))
			.pollInterval(Duration.ofSeconds(1))
			.ignoreExceptions()
			.until(such);
	}

	private static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.exists(folder.resolve("docker-compose.yml"))) {
			folder = folder.getParent();
		}
		return folder;
	}

}
