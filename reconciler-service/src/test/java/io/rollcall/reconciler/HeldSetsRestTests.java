package io.rollcall.reconciler;

import java.time.Duration;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RunEvent.HeldSetClosed;
import io.rollcall.model.run.RunEvent.RunEnded;
import io.rollcall.model.run.RunMode;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People look at what the guard held and judge it, over HTTP. */
class HeldSetsRestTests {

	private static final int USERS = 60;

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("held-sets-rest-tests"));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void exactlyTheShownSetIsApproved() {
		String held = heldSetOf("approved");
		JsonNode set = reconciler.rest().get(held).body();
		assertThat(set.get("kind").asString()).isEqualTo("ACCOUNTS");
		assertThat(set.get("count").asLong()).isEqualTo(USERS);
		assertThat(set.get("limit").asLong()).isEqualTo(20);
		JsonNode first = reconciler.rest().get(held + "/members?limit=40").body();
		assertThat(first.get("items").size()).isEqualTo(40);
		assertThat(first.at("/items/0/reason/code").asString()).isEqualTo("DELETED");
		assertThat(first.at("/items/0/name").asString()).isEqualTo("User 0");
		JsonNode rest = reconciler.rest().get(held + "/members?limit=40&cursor=" + first.get("next").asString()).body();
		assertThat(rest.get("items").size()).isEqualTo(20);
		assertThat(rest.get("next").isNull()).isTrue();
		// 200 when it is stored within two seconds, 202 with where to look otherwise.
		assertThat(reconciler.rest().post(held + "/approve", "{\"by\": \"ada\"}").status()).isIn(200, 202);
		try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS)) {
			RunEnded released = CoordinatingTests
				.await(runs, RunEnded.class, (event) -> event.connection().value().equals("con-approved"), 1)
				.getFirst();
			assertThat(released.mode()).isEqualTo(RunMode.RELEASE);
			assertThat(CoordinatingTests.events(runs, HeldSetClosed.class,
					(event) -> event.connection().value().equals("con-approved")))
				.hasSize(1);
		}
		Rest.Answer again = reconciler.rest().post(held + "/reject", "{\"by\": \"bob\"}");
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.type()).startsWith("application/problem+json");
		assertThat(again.body().get("detail").asString()).isEqualTo("the set is already APPROVED, by ada");
	}

	@Test
	void aPartIsApprovedAndTheOthersAreASetOfTheirOwn() {
		String held = heldSetOf("part");
		assertThat(reconciler.rest().post(held + "/approve", "{\"by\": \"ada\", \"only\": []}").status())
			.isEqualTo(400);
		assertThat(reconciler.rest().post(held + "/approve", "{\"by\": \"ada\", \"only\": [\"a1\", \"a2\"]}").status())
			.isIn(200, 202);
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			JsonNode open = reconciler.rest().get("/api/connections/con-part/held?status=OPEN").body();
			assertThat(open.size()).isEqualTo(1);
			assertThat(open.get(0).get("count").asLong()).isEqualTo(USERS - 2);
		});
	}

	@Test
	void aRejectedSetIsClosed() {
		String held = heldSetOf("rejected");
		assertThat(reconciler.rest().post(held + "/reject", "{\"by\": \"ada\"}").status()).isIn(200, 202);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(reconciler.rest().get(held).body().get("status").asString())
				.isEqualTo("REJECTED"));
	}

	@Test
	void nothingIsApprovedWhileTheConnectionIsPaused() {
		String held = heldSetOf("paused");
		new Coordinated(reconciler, "paused").status(ConnectionStatus.PAUSED);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> "PAUSED".equals(status("con-paused")));
		assertThat(reconciler.rest().post(held + "/approve", "{\"by\": \"ada\"}").status()).isEqualTo(409);
	}

	@Test
	void whatIsWrongWithARequestIsSaid() {
		Rest.Answer unknown = reconciler.rest().post("/api/connections/nobody/held/abc/approve", "{\"by\": \"ada\"}");
		assertThat(unknown.status()).isEqualTo(404);
		assertThat(unknown.body().get("detail").asString())
			.isEqualTo("connection 'nobody' has no held set 'abc': list them at /api/connections/nobody/held");
		Rest.Answer anonymous = reconciler.rest().post("/api/connections/nobody/held/abc/approve", "{}");
		assertThat(anonymous.status()).isEqualTo(400);
		assertThat(anonymous.body().get("detail").asString()).contains("\"by\" must say who");
		Rest.Answer partly = reconciler.rest()
			.post("/api/connections/nobody/held/abc/approve", "{\"by\": \"ada\", \"onyl\": [\"a1\"]}");
		assertThat(partly.status()).isEqualTo(400);
		assertThat(partly.body().get("detail").asString()).contains("onyl");
		assertThat(reconciler.rest().get("/api/connections/nobody/runs/none").status()).isEqualTo(404);
		Rest.Answer misspelt = reconciler.rest().get("/api/connections/nobody/runs?after=x");
		assertThat(misspelt.status()).isEqualTo(400);
		assertThat(misspelt.body().get("detail").asString()).contains("cursor, limit");
	}

	/** As many leave at once as the guard does not let go. */
	private static String heldSetOf(String name) {
		Coordinated tenant = new Coordinated(reconciler, name);
		tenant.status(ConnectionStatus.ACTIVE);
		tenant.leavers(USERS);
		String sets = "/api/connections/con-" + name + "/held";
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> reconciler.rest().get(sets).body().size() == 1);
		return sets + "/" + reconciler.rest().get(sets).body().get(0).get("hash").asString();
	}

	private static String status(String connection) {
		return String.valueOf(reconciler.bean(Ports.class).connections().find(new ConnectionId(connection)).status());
	}

}
