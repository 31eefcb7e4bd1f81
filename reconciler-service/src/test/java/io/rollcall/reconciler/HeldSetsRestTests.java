package io.rollcall.reconciler;

import java.time.Duration;

import io.rollcall.model.RunId;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People look at runs and judge what the guard held, over HTTP. */
class HeldSetsRestTests {

	private static final int USERS = 60;

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("held-sets-rest-tests"), CrashPoints.NONE);
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void anApprovedSetIsReleased() {
		JsonNode set = heldSetOf("approved");
		assertThat(set.get("kind").asString()).isEqualTo("ACCOUNTS");
		assertThat(set.get("count").asLong()).isEqualTo(USERS - 1);
		assertThat(deactivated("approved")).isZero();
		String held = "/api/connections/con-approved/held/" + set.get("hash").asString();
		Rest.Answer answer = reconciler.rest().post(held + "/approve", "{\"by\": \"ada\"}");
		assertThat(answer.status()).isIn(200, 202);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(deactivated("approved")).isEqualTo(USERS - 1));
		JsonNode approved = reconciler.rest().get(held).body();
		assertThat(approved.get("status").asString()).isEqualTo("APPROVED");
		assertThat(approved.get("by").asString()).isEqualTo("ada");
		Rest.Answer again = reconciler.rest().post(held + "/reject", "{\"by\": \"bob\"}");
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.type()).startsWith("application/problem+json");
		assertThat(again.body().get("detail").asString()).isEqualTo("the set is already APPROVED, by ada");
	}

	@Test
	void aRejectedSetStaysStaged() {
		JsonNode set = heldSetOf("rejected");
		String held = "/api/connections/con-rejected/held/" + set.get("hash").asString();
		// 200 when it is stored within two seconds, 202 with where to look otherwise.
		assertThat(reconciler.rest().post(held + "/reject", "{\"by\": \"ada\"}").status()).isIn(200, 202);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(reconciler.rest().get(held).body().get("status").asString())
				.isEqualTo("REJECTED"));
		assertThat(deactivated("rejected")).isZero();
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
		assertThat(reconciler.rest().get("/api/connections/nobody/runs/none").status()).isEqualTo(404);
	}

	/** Everybody but one leaves at once, which is more than the guard lets go. */
	private static JsonNode heldSetOf(String tenant) {
		try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS)) {
			FullRun first = new FullRun(tenant, 1);
			for (int i = 0; i < USERS; i++) {
				first.user("u" + i, "User " + i);
			}
			KillsTests.completed(runs, first.publish(reconciler));
			RunId second = new FullRun(tenant, 2).user("u0", "User 0").publish(reconciler);
			KillsTests.completed(runs, second);
		}
		String connection = "/api/connections/con-" + tenant;
		JsonNode run = reconciler.rest().get(connection + "/runs/run-" + tenant + "-2").body();
		assertThat(run.get("phase").asString()).isIn("COMPLETING", "COMPLETED");
		assertThat(run.get("held").asLong()).isEqualTo(USERS - 1);
		assertThat(reconciler.rest().get(connection + "/runs").body().get(0)).isNotNull();
		JsonNode first = reconciler.rest().get(connection + "/runs/run-" + tenant + "-1").body();
		assertThat(first.get("applied").get("created").asLong()).isEqualTo(USERS);
		JsonNode sets = reconciler.rest().get(connection + "/held").body();
		assertThat(sets.size()).isEqualTo(1);
		assertThat(sets.get(0).get("status").asString()).isEqualTo("OPEN");
		return sets.get(0);
	}

	private static int deactivated(String tenant) {
		return reconciler.rest()
			.get("/api/organizations/org-" + tenant + "/accounts?status=DEACTIVATED")
			.body()
			.get("items")
			.size();
	}

}
