package io.rollcall.connector;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.run.RunMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What people and Graph call. */
class ApiTests {

	private final Scene scene = new Scene(250);

	private ConnectorInstance connector;

	@BeforeEach
	void start() {
		this.connector = this.scene.shared();
	}

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void leadsAConnectionThroughItsLife() {
		post("/api/connections", body(), 201);
		post("/api/connections", body(), 409);
		assertThat(status()).isEqualTo("READY");
		this.scene.awaitFirstRun();
		post("/activate", Map.of(), 200);
		this.scene.awaitFirstRun();
		post("/runs", Map.of("mode", "DELTA"), 202);
		this.connector.web()
			.post()
			.uri("/api/connections/" + this.scene.connection + "/runs")
			.bodyValue(Map.of("mode", "FULL"))
			.exchange()
			.expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.valueEquals("Retry-After", "1800")
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("A manual run may be started once in 30 minutes");
		await().atMost(LONG).until(() -> !records().read(this.scene.connection, RunMode.DELTA).isEmpty());
		post("/pause", Map.of(), 200);
		assertThat(status()).isEqualTo("PAUSED");
		await().atMost(LONG).until(() -> !this.connector.owned().contains(this.scene.connection));
		post("/runs", Map.of("mode", "DELTA"), 409);
		post("/deactivate", Map.of(), 200);
		await().atMost(LONG).until(() -> simulator().subscriptions(this.scene.tenant).isEmpty());
		post("/activate", Map.of(), 409);
	}

	@Test
	void saysWhatIsWrongWithABody() {
		problem(Map.of("organization", "acme"), "name");
		problem(with("schedule", Map.of("cron", "99 2 * * *", "zone", "UTC")), "is not a schedule");
		problem(with("schedule", Map.of("cron", "0 2 * * *", "zone", "Mars/Olympus")), "time zone");
		problem(with("id", "a:b"), "colon");
	}

	@Test
	void readsOnePersonWhenAsked() {
		post("/api/connections", body(), 201);
		post("/activate", Map.of(), 200);
		this.scene.awaitFirstRun();
		String ada = simulator().happens(this.scene.tenant, "hire Ada Lovelace").getFirst();
		this.scene.awaitTruth();
		post("/people/" + ada + "/sync", Map.of(), 202);
		// Once at once and once later, each with all that she is in.
		await().atMost(LONG).untilAsserted(() -> assertThat(readById(ada)).isEqualTo(2));
		simulator().happens(this.scene.tenant, "delete " + ada);
		post("/people/" + ada + "/sync", Map.of(), 202);
		await().atMost(LONG).until(() -> gone(ada, Removal.RESTORABLE));
	}

	@Test
	void believesThatNobodyKnowsAUserOnlyAfterASecondLook() {
		post("/api/connections", body(), 201);
		this.scene.awaitFirstRun();
		String nobody = UUID.randomUUID().toString();
		post("/people/" + nobody + "/sync", Map.of(), 202);
		await().atMost(LONG).until(() -> gone(nobody, Removal.PERMANENT));
		assertThat(records().cells(this.scene.connection)
			.stream()
			.flatMap((record) -> record.cells().stream())
			.filter((cell) -> cell.object().value().equals(nobody))).hasSize(1);
	}

	@Test
	void refusesACredentialThatEntraRefuses() {
		problem(with("clientSecret", "not-the-secret"), "Entra refused the credential");
		problem(with("tenant", "x".repeat(60)), "too long");
	}

	private long readById(String user) {
		return records().cells(this.scene.connection)
			.stream()
			.filter((record) -> record.run() == null)
			.flatMap((record) -> record.cells().stream())
			.filter((cell) -> cell instanceof Cell.ObjectRead read && read.object().value().equals(user)
					&& read.edges() != null)
			.count();
	}

	private boolean gone(String object, Removal reason) {
		return records().hasCell(this.scene.connection, (cell) -> cell instanceof Cell.ObjectGone gone
				&& gone.object().value().equals(object) && gone.reason() == reason);
	}

	@Test
	void answersTheHandshakeInPlainTextDecoded() {
		this.connector.web()
			.post()
			.uri((uri) -> uri.path("/graph/notifications").queryParam("validationToken", "{token}").build("a b&<c>+/="))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Content-Type", "text/plain.*")
			.expectBody(String.class)
			.isEqualTo("a b&<c>+/=");
	}

	@Test
	void dropsNotificationsWhoseClientStateIsNotOursAndStillAnswers202() {
		post("/api/connections", body(), 201);
		String right = this.connector.clientState(this.scene.connection);
		double dropped = count("dropped");
		double accepted = count("accepted");
		for (String wrong : List.of("", "x", this.connector.source(this.scene.connection) + ".guess",
				"nobody." + "A".repeat(43))) {
			notify(wrong, 202);
		}
		assertThat(count("dropped")).isEqualTo(dropped + 4);
		notify(right, 202);
		assertThat(count("accepted")).isGreaterThan(accepted);
		this.connector.web()
			.post()
			.uri("/graph/notifications")
			.header("Content-Type", "application/json")
			.bodyValue("{\"value\":[{")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType("application/problem+json");
	}

	private double count(String outcome) {
		var counter = this.connector.bean(io.micrometer.core.instrument.MeterRegistry.class)
			.find("rollcall.webhook.notifications")
			.tag("outcome", outcome)
			.counter();
		return (counter != null) ? counter.count() : 0;
	}

	private void notify(String clientState, int status) {
		this.connector.web()
			.post()
			.uri("/graph/notifications")
			.bodyValue(Map.of("value",
					List.of(Map.of("subscriptionId", "s", "clientState", clientState, "changeType", "updated",
							"resource", "Users/1", "tenantId", this.scene.tenant))))
			.exchange()
			.expectStatus()
			.isEqualTo(status);
	}

	private void problem(Map<String, Object> body, String says) {
		this.connector.web()
			.post()
			.uri("/api/connections")
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains(says));
	}

	private void post(String path, Map<String, Object> body, int status) {
		this.connector.web()
			.post()
			.uri(path.startsWith("/api") ? path : "/api/connections/" + this.scene.connection + path)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status);
	}

	private String status() {
		return this.connector.web()
			.get()
			.uri("/api/connections/" + this.scene.connection)
			.exchange()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("status")
			.toString();
	}

	private Map<String, Object> body() {
		return Map.of("id", this.scene.connection.value(), "organization", "acme", "name", "Acme", "tenant",
				this.scene.tenant, "clientId", Simulator.APP, "clientSecret", Simulator.SECRET);
	}

	private Map<String, Object> with(String name, Object value) {
		Map<String, Object> body = new java.util.LinkedHashMap<>(body());
		body.put(name, value);
		return body;
	}

}
