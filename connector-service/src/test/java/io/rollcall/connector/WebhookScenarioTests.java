package io.rollcall.connector;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

import io.rollcall.model.run.RunEvent;
import io.rollcall.test.PrivateKafka;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Subscriptions and the webhook, with Graph and Kafka at their worst. */
class WebhookScenarioTests {

	@Test
	void answers503WhileTheBrokerIsAwayAnd202WhenItIsBack() {
		try (PrivateKafka kafka = PrivateKafka.start(); Scene scene = new Scene(10, kafka.bootstrapServers())) {
			ConnectorInstance connector = scene.connectorWithConnection();
			scene.awaitSubscriptions();
			String clientState = connector.clientState(scene.connection);
			assertThat(notify(connector, scene, clientState)).isEqualTo(202);
			kafka.stop();
			long before = System.nanoTime();
			assertThat(notify(connector, scene, clientState)).isEqualTo(503);
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
			kafka.startAgain();
			await().atMost(LONG).until(() -> notify(connector, scene, clientState) == 202);
			await().atMost(LONG)
				.until(() -> connector.web()
					.get()
					.uri("/actuator/health/readiness")
					.exchange()
					.returnResult(String.class)
					.getStatus()
					.is2xxSuccessful());
		}
	}

	@Test
	void refusesPostsAboveItsLimitsAtOnceAndStillAnswersHandshakes() {
		try (Scene scene = new Scene(10)) {
			ConnectorInstance connector = scene.connectorWithConnection();
			scene.awaitSubscriptions();
			HttpRequest.BodyPublisher slow = HttpRequest.BodyPublishers
				.fromPublisher((subscriber) -> subscriber.onSubscribe(new Flow.Subscription() {

					@Override
					public void request(long n) {
						// It never comes.
					}

					@Override
					public void cancel() {
					}
				}));
			URI uri = URI.create("http://127.0.0.1:" + connector.port() + "/graph/notifications");
			try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
				String right = connector.clientState(scene.connection);
				await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> {
					client.sendAsync(
							HttpRequest.newBuilder(uri).header("Content-Type", "application/json").POST(slow).build(),
							HttpResponse.BodyHandlers.discarding());
					return notify(connector, scene, right) == 503;
				});
				connector.web().post().uri("/graph/notifications?validationToken=abc").exchange().expectStatus().isOk();
				client.shutdownNow();
				await().atMost(LONG).until(() -> notify(connector, scene, right) == 202);
				assertThat(post(connector, Collections.nCopies(2001, item(right)))).isEqualTo(413);
				assertThat(post(connector, List.of(item("x".repeat(2_100_000))))).isEqualTo(413);
			}
		}
	}

	private static Map<String, String> item(String clientState) {
		return Map.of("subscriptionId", "s", "clientState", clientState, "changeType", "updated", "resource",
				"Users/1");
	}

	private static int post(ConnectorInstance connector, List<?> items) {
		return connector.web()
			.post()
			.uri("/graph/notifications")
			.bodyValue(Map.of("value", items))
			.exchange()
			.returnResult(String.class)
			.getStatus()
			.value();
	}

	@Test
	void renewsWhenGraphAsksAndSubscribesAgainWhenGraphHasLostIt() {
		try (Scene scene = new Scene(10)) {
			scene.connectorWithConnection();
			scene.awaitSubscriptions();
			JsonNode users = users(scene);
			String id = users.path("id").asString();
			simulator().call("POST", "/control/tenants/" + scene.tenant + "/subscriptions/" + id + "/reauthorization",
					null);
			await().atMost(LONG)
				.until(() -> users(scene).path("id").asString().equals(id) && !users(scene).path("expirationDateTime")
					.asString()
					.equals(users.path("expirationDateTime").asString()));
			simulator().call("DELETE", "/control/tenants/" + scene.tenant + "/subscriptions/" + id, null);
			await().atMost(LONG).until(() -> {
				JsonNode again = users(scene);
				return again != null && !again.path("id").asString().equals(id);
			});
		}
	}

	@Test
	void waitsLongerEachTimeWhenGraphFindsNoPlaceForASubscription() {
		try (Scene scene = new Scene(10)) {
			simulator().fault(scene.tenant,
					Map.of("kind", "not-found", "path", "/subscriptions", "method", "POST", "always", true));
			scene.connectorWithConnection();
			await().atMost(LONG).until(() -> !scene.events(RunEvent.FreshnessLost.class).isEmpty());
			// Both resources, told after four tries each, and no hundreds of them.
			assertThat(simulator().strikes(scene.tenant)).isLessThanOrEqualTo(12);
			simulator().noFaults(scene.tenant);
			scene.awaitSubscriptions();
		}
	}

	private static JsonNode users(Scene scene) {
		return simulator().subscriptions(scene.tenant)
			.valueStream()
			.filter((each) -> each.path("resource").asString().contains("users"))
			.findFirst()
			.orElse(null);
	}

	private static int notify(ConnectorInstance connector, Scene scene, String clientState) {
		return connector.web()
			.post()
			.uri("/graph/notifications")
			.bodyValue(Map.of("value",
					List.of(Map.of("subscriptionId", "s", "clientState", clientState, "changeType", "updated",
							"resource", "Users/1", "tenantId", scene.tenant))))
			.exchange()
			.returnResult(String.class)
			.getStatus()
			.value();
	}

}
