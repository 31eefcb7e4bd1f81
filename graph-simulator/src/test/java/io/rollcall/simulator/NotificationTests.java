package io.rollcall.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import io.rollcall.simulator.Simulator.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Subscriptions, their handshakes, and what comes of them. */
class NotificationTests {

	private static final long TICKS_AT_1970 = 621_355_968_000_000_000L;

	private final Simulator tenant = Simulator.tenant(100);

	private final Webhook webhook = new Webhook();

	@AfterEach
	void close() {
		this.webhook.close();
	}

	@Test
	void subscribesAfterAHandshakeWithADecodedToken() {
		Answer created = subscribe("/users", "updated,deleted");
		assertThat(created.status()).isEqualTo(201);
		assertThat(created.json().propertyNames())
			.containsAll(List.of("@odata.context", "id", "resource", "applicationId", "changeType", "clientState",
					"notificationUrl", "expirationDateTime", "creatorId", "latestSupportedTlsVersion"));
		assertThat(this.webhook.handshakes().getFirst()).startsWith("/hook?from=graph&validationToken=");
		assertThat(this.tenant.get("/subscriptions").json().path("value").size()).isEqualTo(1);
	}

	@Test
	void validatesTheLifecycleUrlToo() {
		this.tenant.call("POST", "/subscriptions", body("/users", "updated", Instant.now().plusSeconds(7200))
			.replace("}", ",\"lifecycleNotificationUrl\":\"" + this.webhook.url() + "\"}"));
		assertThat(this.webhook.handshakes()).hasSize(2);
	}

	@Test
	void refusesAnEndpointThatDoesNotDecodeOrIsTooSlow() {
		this.webhook.decodes = false;
		Answer wrong = subscribe("/users", "updated");
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.error()).isEqualTo("ValidationError");
		this.webhook.decodes = true;
		this.webhook.handshakeDelayMillis = 3000;
		Answer slow = subscribe("/users", "updated");
		assertThat(slow.status()).isEqualTo(400);
		assertThat(slow.json().at("/error/message").asString()).isEqualTo("Subscription validation request timed out.");
		assertThat(this.tenant.get("/subscriptions").json().path("value").size()).isZero();
	}

	@Test
	void refusesTheSameTwiceAndMoreThanAHundred() {
		assertThat(subscribe("/users", "updated").status()).isEqualTo(201);
		assertThat(subscribe("users", "updated").status()).isEqualTo(409);
		List<JsonNode> users = this.tenant.truth("user");
		for (int i = 1; i < 100; i++) {
			assertThat(subscribe("/users/" + users.get(i).path("id").asString(), "updated").status()).isEqualTo(201);
		}
		Answer tooMany = subscribe("/groups", "updated");
		assertThat(tooMany.status()).isEqualTo(403);
		assertThat(tooMany.json().at("/error/message").asString()).contains("100");
	}

	@Test
	void keepsExpirationsBetween45MinutesAnd41760() {
		Answer soon = this.tenant.call("POST", "/subscriptions",
				body("/users", "updated", Instant.now().plusSeconds(60)));
		assertThat(Instant.parse(soon.json().path("expirationDateTime").asString()))
			.isAfter(Instant.now().plus(Duration.ofMinutes(44)));
		assertThat(this.tenant
			.call("POST", "/subscriptions", body("/groups", "updated", Instant.now().plus(Duration.ofDays(30))))
			.status()).isEqualTo(400);
		assertThat(
				this.tenant.call("POST", "/subscriptions", body("/groups", "updated", Instant.now().minusSeconds(60)))
					.status())
			.isEqualTo(400);
	}

	@Test
	void wantsHttpsOutsideThisMachineAndOnlyKnownResources() {
		String elsewhere = body("/users", "updated", Instant.now().plusSeconds(7200)).replace(this.webhook.url(),
				"http://example.org/hook");
		assertThat(this.tenant.call("POST", "/subscriptions", elsewhere).status()).isEqualTo(400);
		assertThat(subscribe("/directory/administrativeUnits", "updated").status()).isEqualTo(400);
	}

	@Test
	void renewsAndReauthorizesWithAnotherHandshake() {
		String id = subscribe("/users", "updated").json().path("id").asString();
		Instant later = Instant.now().plus(Duration.ofDays(3));
		Answer renewed = this.tenant.call("PATCH", "/subscriptions/" + id,
				"{\"expirationDateTime\":\"" + later + "\"}");
		assertThat(renewed.status()).isEqualTo(200);
		assertThat(Instant.parse(renewed.json().path("expirationDateTime").asString())).isEqualTo(later);
		assertThat(this.webhook.handshakes()).hasSize(2);
		assertThat(this.tenant.call("POST", "/subscriptions/" + id + "/reauthorize", "").status()).isEqualTo(204);
		assertThat(this.webhook.handshakes()).hasSize(3);
		assertThat(this.tenant.control("GET", "/subscriptions", null).json().get(0).path("tooSoon").asInt())
			.isEqualTo(1);
		this.webhook.decodes = false;
		assertThat(this.tenant.call("PATCH", "/subscriptions/" + id, "{\"expirationDateTime\":\"" + later + "\"}")
			.status()).isEqualTo(400);
		assertThat(this.tenant.call("DELETE", "/subscriptions/" + id, null).status()).isEqualTo(204);
		assertThat(this.tenant.get("/subscriptions/" + id).status()).isEqualTo(404);
	}

	@Test
	void notifiesInTheShapeOfTheSample() {
		subscribe("/users", "updated,deleted");
		String id = this.tenant.act("rename user:3 Hopper").getFirst();
		await().until(() -> this.webhook.items().size() == 1);
		JsonNode item = this.webhook.items().getFirst();
		JsonNode sample = Simulator.sample("notification-user-updated").path("value").get(0);
		assertThat(item.propertyNames()).isEqualTo(sample.propertyNames());
		assertThat(item.path("resourceData").propertyNames()).isEqualTo(sample.path("resourceData").propertyNames());
		assertThat(item.path("resource").asString()).isEqualTo("Users/" + id);
		assertThat(item.path("resourceData").path("@odata.type"))
			.isEqualTo(sample.path("resourceData").path("@odata.type"));
		assertThat(item.path("clientState").asString()).isEqualTo("secret");
		assertThat(item.path("tenantId").asString()).isEqualTo(this.tenant.id());
		Instant time = Instant.parse(item.path("resourceData").path("eventTime").asString());
		assertThat(item.path("resourceData").path("sequenceNumber").asLong())
			.isEqualTo(TICKS_AT_1970 + time.getEpochSecond() * 10_000_000 + time.getNano() / 100);
	}

	@Test
	void everythingButAPurgeIsUpdated() {
		subscribe("/users", "created,updated,deleted");
		this.tenant.act("hire Ada Lovelace\ndelete @last\nrestore @last\nset @last jobTitle Buyer\npurge @last");
		await().until(() -> this.webhook.items().size() == 5);
		assertThat(this.webhook.items()).extracting((item) -> item.path("changeType").asString())
			.containsOnly("updated", "deleted")
			.containsOnlyOnce("deleted");
	}

	@Test
	void aMembershipIsNewsOfTheGroupAlone() {
		subscribe("/users", "updated");
		subscribe("/groups", "updated");
		String person = this.tenant.act("hire Ada Lovelace").getFirst();
		await().until(() -> this.webhook.items().size() == 1);
		String group = this.tenant.act("join " + person + " group:3").getFirst();
		await().until(() -> this.webhook.items().size() == 2);
		assertThat(this.webhook.items().getLast().path("resource").asString()).isEqualTo("Groups/" + group);
	}

	@Test
	void severalShareOnePostAndMayComeTwiceOrOutOfOrder() {
		subscribe("/users", "updated");
		this.tenant.control("PUT", "/delivery",
				"{\"latencyMillis\":500,\"duplicates\":1,\"reordered\":true,\"wrongClientState\":1}");
		this.tenant.act(
				"rename user:1 A\nrename user:2 B\nrename user:3 C\nrename user:4 D\nrename user:5 E\nrename user:6 F");
		await().until(() -> this.webhook.items().size() == 12);
		assertThat(this.webhook.posts()).hasSizeLessThan(3);
		List<Long> order = this.webhook.items()
			.stream()
			.map((item) -> item.at("/resourceData/sequenceNumber").asLong())
			.toList();
		assertThat(order).isNotEqualTo(order.stream().sorted().toList());
		assertThat(this.webhook.items().getFirst().path("clientState").asString()).isEqualTo("forged");
	}

	@Test
	void severalTenantsShareOnePost() {
		Simulator other = Simulator.tenant(10);
		other.call("POST", "/subscriptions", body("/users", "updated", Instant.now().plusSeconds(7200)));
		subscribe("/users", "updated");
		this.tenant.control("PUT", "/delivery", "{\"latencyMillis\":500}");
		this.tenant.act("rename user:1 A");
		other.act("rename user:1 B");
		await().until(() -> this.webhook.items().size() == 2);
		assertThat(this.webhook.posts()).hasSize(1);
		assertThat(this.webhook.items()).extracting((item) -> item.path("tenantId").asString())
			.containsExactly(this.tenant.id(), other.id());
	}

	@Test
	void someAreNeverSentAsTheSeedDecides() {
		subscribe("/users", "updated");
		this.tenant.control("PUT", "/delivery", "{\"lost\":1}");
		this.tenant.act("rename user:1 A");
		this.tenant.control("PUT", "/delivery", "{\"lost\":0.5,\"seed\":3}");
		this.tenant.act("rename user:2 X\n" + "set user:3 jobTitle A\nset user:3 jobTitle B\n".repeat(20));
		this.tenant.control("PUT", "/delivery", "{\"lost\":0}");
		String last = this.tenant.act("rename user:4 Last").getFirst();
		long sent = new Random(3).doubles(41).filter((chance) -> chance >= 0.5).count();
		assertThat(sent).isBetween(10L, 31L);
		// They come in several posts side by side, in any order.
		await().until(() -> this.webhook.items().size() == sent + 1);
		assertThat(this.webhook.items()).filteredOn((item) -> item.path("resource").asString().equals("Users/" + last))
			.hasSize(1);
		String first = this.tenant.truth("user").get(1).path("id").asString();
		assertThat(this.webhook.items()).noneMatch((item) -> item.path("resource").asString().endsWith(first));
	}

	@Test
	void whatWasNotTakenComesAgain() {
		this.tenant.control("PUT", "/delivery", "{\"firstRetryMillis\":50,\"firstTimeoutMillis\":300}");
		subscribe("/users", "updated");
		this.webhook.status = 503;
		this.tenant.act("rename user:1 A");
		await().until(() -> this.webhook.posts().size() >= 2);
		this.webhook.status = 202;
		this.webhook.delayMillis = 600;
		int before = this.webhook.posts().size();
		this.tenant.act("rename user:2 B");
		await().until(() -> this.webhook.items()
			.stream()
			.filter((item) -> item.at("/resourceData/sequenceNumber")
				.equals(this.webhook.items().getLast().at("/resourceData/sequenceNumber")))
			.count() >= 2 && this.webhook.posts().size() > before + 1);
	}

	@Test
	void asksForReauthorizationOnDemand() {
		String id = subscribe("/users", "updated").json().path("id").asString();
		assertThat(this.tenant.control("POST", "/subscriptions/" + id + "/reauthorization", null).status())
			.isEqualTo(202);
		await().until(() -> this.webhook.items().size() == 1);
		assertThat(this.webhook.items().getFirst().propertyNames())
			.isEqualTo(Simulator.sample("lifecycle-reauthorization").path("value").get(0).propertyNames());
	}

	@Test
	void aLostSubscriptionIsLostWithoutAWord() {
		String id = subscribe("/users", "updated").json().path("id").asString();
		this.tenant.control("DELETE", "/subscriptions/" + id, null);
		subscribe("/groups", "updated");
		this.tenant.act("rename user:1 A\nrename group:1 B");
		await().until(() -> this.webhook.items().size() == 1);
		assertThat(this.webhook.items().getFirst().path("resource").asString()).startsWith("Groups/");
	}

	private Answer subscribe(String resource, String changes) {
		return this.tenant.call("POST", "/subscriptions", body(resource, changes, Instant.now().plusSeconds(7200)));
	}

	private String body(String resource, String changes, Instant expiration) {
		return """
				{"changeType":"%s","notificationUrl":"%s","resource":"%s","expirationDateTime":"%s","clientState":"secret"}"""
			.formatted(changes, this.webhook.url(), resource, expiration);
	}

}
