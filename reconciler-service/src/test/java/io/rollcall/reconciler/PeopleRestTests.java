package io.rollcall.reconciler;

import java.time.Duration;
import java.util.function.Predicate;

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
		act(person + "/ignore");
		Rest.Answer left = await(person, (explained) -> "IGNORED".equals(explained.at("/account/leaving").asString()));
		assertThat(left.body().get("ignored").asBoolean()).isTrue();
		assertThat(left.body().at("/decision/reason").asString()).isEqualTo("IGNORED");
		act(person + "/unignore");
		Rest.Answer back = await(person, (explained) -> explained.at("/account/leaving").isNull());
		assertThat(back.body().get("ignored").asBoolean()).isFalse();
		assertThat(back.body().at("/decision/outcome").asString()).isEqualTo("INCLUDE");
	}

	/**
	 * An act that takes longer than the answer waits is accepted only, which a cold
	 * service on a busy machine may need.
	 */
	private static void act(String path) {
		Rest.Answer answer = reconciler.rest().post(path, "{\"by\": \"ada\"}");
		assertThat(answer.status()).as("%s", answer.body()).isIn(200, 202);
	}

	private static Rest.Answer await(String person, Predicate<JsonNode> state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> reconciler.rest().get(person + "/explain"), (answer) -> state.test(answer.body()));
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
