package io.rollcall.connector;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.netty.channel.epoll.Epoll;
import io.rollcall.connector.flow.Connections;
import io.rollcall.model.run.RunEvent;
import io.rollcall.test.PrivateKafka;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.http.client.ReactorResourceFactory;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Subscriptions and the webhook, with Graph and Kafka at their worst. */
class WebhookScenarioTests {

	@Test
	void answers503WhileTheBrokerIsAwayAnd202WhenItIsBack() {
		try (PrivateKafka kafka = PrivateKafka.start(); Scene scene = new Scene(10, kafka.bootstrapServers())) {
			ConnectorInstance connector = scene.connectorWithConnection();
			scene.awaitSubscriptions();
			String clientState = connector.bean(Connections.class)
				.find(scene.connection)
				.block(LONG)
				.clientState()
				.value();
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
	void answers503WhenAPostLayTooLongBeforeItWasRead() {
		assumeTrue(Epoll.isAvailable(), "only Linux knows how long it lay");
		try (Scene scene = new Scene(10)) {
			ConnectorInstance connector = scene.connectorWithConnection();
			scene.awaitSubscriptions();
			HttpRequest post = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + connector.port() + "/graph/notifications"))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"value\":[]}"))
				.build();
			HttpResponse<Void> late = whileTheServerIsBusy(connector, Duration.ofSeconds(3), post);
			assertThat(late.statusCode()).isEqualTo(503);
			assertThat(late.headers().firstValue("Retry-After")).isPresent();
			assertThat(whileTheServerIsBusy(connector, Duration.ofMillis(200), post).statusCode()).isEqualTo(202);
		}
	}

	/** Posts to a server whose threads all begin something else first. */
	private static HttpResponse<Void> whileTheServerIsBusy(ConnectorInstance connector, Duration busy,
			HttpRequest post) {
		connector.bean(ReactorResourceFactory.class)
			.getLoopResources()
			.onServer(true)
			.forEach((loop) -> loop.execute(() -> LockSupport.parkNanos(busy.toNanos())));
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.sendAsync(post, HttpResponse.BodyHandlers.discarding()).join();
		}
	}

	@Test
	void renewsWhenGraphAsksAndSubscribesAgainWhenGraphHasLostIt() {
		try (Scene scene = new Scene(10)) {
			scene.connectorWithConnection(Simulator.SECRET, "--rollcall.sync.subscription-check=1s");
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
			scene.connectorWithConnection(Simulator.SECRET, "--rollcall.sync.retry-first=2s");
			await().atMost(LONG).until(() -> !records().runs(scene.connection, RunEvent.FreshnessLost.class).isEmpty());
			// Both resources, told after four tries each, and no hundreds of them.
			assertThat(simulator().strikes(scene.tenant)).isLessThanOrEqualTo(9);
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
