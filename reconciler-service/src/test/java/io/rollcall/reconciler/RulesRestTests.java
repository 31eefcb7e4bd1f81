package io.rollcall.reconciler;

import java.time.Duration;

import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** People look at rules and publish new ones, over HTTP. */
class RulesRestTests {

	private static final String RULES = """
			{"by": "ada", "scope": {"guests": false, "disabled": false},
			 "fields": {"address": "streetAddress"}, "chosenGroups": ["g1"],
			 "guard": {"accounts": {"percent": 1, "floor": 5, "ceiling": 50},
			           "memberships": {"percent": 20, "floor": 20, "ceiling": 500},
			           "teams": {"percent": 20, "floor": 10, "ceiling": 100},
			           "addresses": {"percent": 10, "floor": 20, "ceiling": 500}}}
			""";

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("rules-rest-tests"));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void publishedRulesHoldAndSayWhatTheyNeed() {
		String path = "/api/connections/con-ruled/rules";
		assertThat(reconciler.rest().get(path).body().get("version").asInt()).isEqualTo(1);
		assertThat(reconciler.rest().put(path, RULES).status()).isEqualTo(404);
		new Coordinated(reconciler, "ruled").status(ConnectionStatus.ACTIVE);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> reconciler.rest().put(path, RULES).status() == 200);
		assertThat(reconciler.rest().get(path).body().at("/rules/guard/accounts/floor").asInt()).isEqualTo(5);
		assertThat(reconciler.rest().get(path).body().get("by").asString()).isEqualTo("ada");
		try (Topic rules = new Topic(kafka.bootstrapServers(), Topics.RULES)) {
			RulesPublished published = CoordinatingTests
				.await(rules, RulesPublished.class, (event) -> event.version() == 2, 1)
				.getFirst();
			assertThat(published.userAttributes()).contains("streetAddress", "displayName");
		}
		Rest.Answer outdated = reconciler.rest().put(path, RULES.replace("\"by\"", "\"version\": 1, \"by\""));
		assertThat(outdated.status()).isEqualTo(409);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"guard"        | "gaurd"                | gaurd
			"by": "ada",   |                        | "by" must say who
			"percent": 1,  | "percent": 101,        | guard.accounts needs "percent" of 0 to 100
			"ceiling": 50} | "ceiling": 4}          | "ceiling" not below it
			"address"      | "email"                | 'email' is always mapped
			"streetAddress" | "no such thing"       | names of fields to names of attributes
			"g1"           | "g 1"                  | must not contain a colon
			"teams":       | "memberships":         | guard.teams
			""")
	void whatIsWrongWithRulesIsSaid(String of, String with, String said) {
		String body = RULES.replace(of, (with != null) ? with : "");
		Rest.Answer answer = reconciler.rest().put("/api/connections/con-wrong/rules", body);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
		assertThat(answer.body().get("detail").asString()).contains(said);
	}

	@Test
	void noRulesAtAllAreAnError() {
		Rest.Answer answer = reconciler.rest().put("/api/connections/con-wrong/rules", "null");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("detail").asString()).isEqualTo("\"rules\" is missing");
	}

}
