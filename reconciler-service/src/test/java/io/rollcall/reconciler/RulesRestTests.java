package io.rollcall.reconciler;

import java.time.Duration;

import io.rollcall.model.RunId;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.reconciler.flow.CrashPoints;
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
			{"organization": "org-ruled", "by": "ada", "scope": {"guests": false, "disabled": false},
			 "fields": {"address": "mail"}, "chosenGroups": ["g1"],
			 "guard": {"accounts": {"absolute": 5, "percent": 1}, "memberships": {"absolute": 500, "percent": 20},
			           "teams": {"absolute": 10, "percent": 20}}}
			""";

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("rules-rest-tests"), CrashPoints.NONE);
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void newRulesDecideEverybodyAgain() {
		String path = "/api/connections/con-ruled/rules";
		assertThat(reconciler.rest().get(path).body().get("version").asInt()).isEqualTo(1);
		try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS);
				Topic rules = new Topic(kafka.bootstrapServers(), Topics.RULES)) {
			KillsTests.completed(runs, new FullRun("ruled", 1).user("u0", "Ada").publish(reconciler));
			Rest.Answer published = reconciler.rest().put(path, RULES);
			assertThat(published.status()).as("%s", published.body()).isEqualTo(200);
			assertThat(published.body().get("rules").get("version").asInt()).isEqualTo(2);
			KillsTests.completed(runs, new RunId(published.body().get("run").asString()));
			assertThat(rules.events()).map((envelope) -> (RulesPublished) envelope.event())
				.singleElement()
				.satisfies((event) -> assertThat(event.rulesVersion()).isEqualTo(2));
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(reconciler.rest()
				.get("/api/organizations/org-ruled/accounts")
				.body()
				.at("/items/0/fields/address")
				.asString()).isEqualTo("u0@example.org"));
		assertThat(reconciler.rest().get(path).body().at("/guard/accounts/absolute").asInt()).isEqualTo(5);
		Rest.Answer outdated = reconciler.rest().put(path, RULES.replace("\"by\"", "\"version\": 1, \"by\""));
		assertThat(outdated.status()).isEqualTo(409);
		assertThat(reconciler.rest().put(path, RULES.replace("org-ruled", "other")).body().get("detail").asString())
			.isEqualTo("the connection belongs to organization 'org-ruled'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"guard"        | "gaurd"                | gaurd
			"by": "ada",   |                        | "by" must say who
			"percent": 1}  | "percent": 101}        | guard.accounts needs "absolute" of at least 0
			, "percent": 1} | }                      | Cannot map
			"address"      | "email"                | 'email' is always mapped
			"mail"         | "no such thing"        | names of fields to names of attributes
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
