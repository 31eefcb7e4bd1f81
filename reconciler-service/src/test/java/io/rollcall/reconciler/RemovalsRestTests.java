package io.rollcall.reconciler;

import java.util.List;

import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People say over HTTP what becomes of the accounts of those who left. */
class RemovalsRestTests {

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("removals-rest-tests"));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	private static String leaves(People people, String object) {
		people.reads(object);
		people.awaitAccount(object, (account) -> "ACTIVE".equals(account.path("status").asString()));
		people.removes(object);
		return people.awaitAccount(object, (account) -> "QUEUED".equals(account.path("leavingState").asString()))
			.get("id")
			.asString();
	}

	@Test
	void aRemovalIsConfirmedKeptAndUndoneByIds() {
		People people = new People(reconciler, "removed");
		people.rules("leavers", "{\"deleted\": \"QUEUE\", \"disabled\": \"KEEP\", \"outOfScope\": \"ARCHIVE\"}");
		String ada = leaves(people, "ada");
		String bea = leaves(people, "bea");
		people.reads("cy");
		String cy = people.awaitAccount("cy", (account) -> "ACTIVE".equals(account.path("status").asString()))
			.get("id")
			.asString();
		String removals = people.organization() + "/removals";
		assertThat(names(people.await(removals, (page) -> page.get("items").size() == 2)))
			.containsExactlyInAnyOrder("Name of ada", "Name of bea");
		assertThat(reconciler.rest().get(removals + "?reason=DISABLED").body().get("items").size()).isZero();
		JsonNode confirmed = people.acts(removals + "/confirm",
				"{\"by\": \"olga\", \"ids\": [\"%s\", \"%s\", \"nobody\"]}".formatted(ada, cy));
		assertThat(confirmed.at("/results/1/detail").asString())
			.isEqualTo("it does not wait for removal, nor did a person remove it: it is ACTIVE");
		assertThat(confirmed.at("/results/2/detail").asString()).contains("has no such account");
		assertThat(confirmed.at("/counts/REFUSED").asInt()).isEqualTo(2);
		people.awaitAccount("ada", (account) -> "DEACTIVATED".equals(account.path("status").asString()));
		people.acts(removals + "/keep", "{\"by\": \"olga\", \"ids\": [\"%s\"]}".formatted(bea));
		people.awaitAccount("bea", (account) -> "KEPT".equals(account.path("leavingState").asString()));
		assertThat(people.acts(removals + "/confirm", "{\"by\": \"olga\", \"ids\": [\"%s\"]}".formatted(ada))
			.at("/results/0/outcome")
			.asString()).isEqualTo("DONE");
		assertThat(people.acts(removals + "/undo", "{\"by\": \"olga\", \"ids\": [\"%s\"]}".formatted(cy))
			.at("/results/0/outcome")
			.asString()).isEqualTo("REFUSED");
		assertThat(people.await(removals + "?state=REMOVED", (page) -> page.get("items").size() == 1)
			.at("/items/0/id")
			.asString()).isEqualTo(ada);
		people.acts(removals + "/undo", "{\"by\": \"olga\", \"ids\": [\"%s\"]}".formatted(ada));
		people.awaitAccount("ada", (account) -> "ACTIVE".equals(account.path("status").asString()));
	}

	@Test
	void allThatAFilterFindsAreConfirmed() {
		People people = new People(reconciler, "filtered");
		people.rules("leavers", "{\"deleted\": \"QUEUE\", \"disabled\": \"QUEUE\", \"outOfScope\": \"QUEUE\"}");
		leaves(people, "ada");
		leaves(people, "bea");
		String removals = people.organization() + "/removals";
		assertThat(people.acts(removals + "/confirm", "{\"by\": \"olga\", \"filter\": {\"connection\": \"another\"}}")
			.get("results")
			.size()).isZero();
		JsonNode done = people.acts(removals + "/confirm",
				"{\"by\": \"olga\", \"filter\": {\"connection\": \"con-filtered\", \"reason\": \"DELETED\"}}");
		assertThat(done.get("results").size()).isEqualTo(2);
		assertThat(done.get("next").isNull()).isTrue();
		List.of("ada", "bea")
			.forEach((object) -> people.awaitAccount(object,
					(account) -> "DEACTIVATED".equals(account.path("status").asString())));
		assertThat(reconciler.rest().get(removals).body().get("items").size()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"ids": ["a"]}                             | "by" must say who
			{"by": "olga"}                             | name either "ids" or a "filter"
			{"by": "olga", "ids": ["a"], "filter": {}} | name either "ids" or a "filter"
			{"by": "olga", "ids": []}                  | name 1 to 1000 at a time
			{"by": "olga", "filter": {"who": "a"}}     | who
			{"by": "olga", "filter": {"reason": "A"}}  | A
			""")
	void whatIsWrongIsSaid(String body, String said) {
		Rest.Answer answer = reconciler.rest().post("/api/organizations/org-wrong/removals/confirm", body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("detail").asString()).contains(said);
	}

	private static List<String> names(JsonNode page) {
		return page.get("items").valueStream().map((item) -> item.get("name").asString()).toList();
	}

}
