package io.rollcall.reconciler;

import java.time.Duration;

import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** People leave users out and ask why they are what they are, over HTTP. */
class PeopleRestTests {

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("people-rest-tests"), CrashPoints.NONE);
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void anIgnoredUserIsExplainedAndComesBack() {
		try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS)) {
			KillsTests.completed(runs,
					new FullRun("people", 1).group("g0", "Group 0")
						.user("u0", "Ada")
						.member("u0", "g0")
						.publish(reconciler));
		}
		String person = "/api/connections/con-people/people/u0";
		Rest.Answer included = reconciler.rest().get(person + "/explain");
		assertThat(included.status()).as("%s", included.body()).isEqualTo(200);
		assertThat(included.body().at("/decision/outcome").asString()).isEqualTo("INCLUDE");
		assertThat(included.body().at("/seen/attributes/displayName").asString()).isEqualTo("Ada");
		assertThat(included.body().at("/seen/containers/0").asString()).isEqualTo("g0");
		assertThat(included.body().at("/account/status").asString()).isEqualTo("ACTIVE");
		Rest.Answer ignored = reconciler.rest().post(person + "/ignore", "{\"by\": \"ada\"}");
		assertThat(ignored.status()).as("%s", ignored.body()).isEqualTo(200);
		assertThat(ignored.body().get("ignored").asBoolean()).isTrue();
		assertThat(ignored.body().at("/decision/reason").asString()).isEqualTo("IGNORED");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(
					reconciler.rest().get(person + "/explain").body().at("/account/leaving").asString())
				.isEqualTo("IGNORED"));
		Rest.Answer again = reconciler.rest().post(person + "/unignore", "{\"by\": \"ada\"}");
		assertThat(again.status()).as("%s", again.body()).isEqualTo(200);
		assertThat(again.body().at("/decision/outcome").asString()).isEqualTo("INCLUDE");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(
					() -> assertThat(reconciler.rest().get(person + "/explain").body().at("/account/leaving").isNull())
						.isTrue());
	}

	@Test
	void whoWasNeverReadIsNotFound() {
		assertThat(reconciler.rest().get("/api/connections/con-people/people/nobody/explain").status()).isEqualTo(404);
		Rest.Answer ignored = reconciler.rest()
			.post("/api/connections/con-people/people/nobody/ignore", "{\"by\": \"ada\"}");
		assertThat(ignored.status()).isEqualTo(404);
		assertThat(ignored.body().get("detail").asString())
			.isEqualTo("nothing was ever read of 'nobody' in connection " + "'con-people'");
	}

}
