package io.rollcall.reconciler;

import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People say over HTTP which account a directory user has. */
class MatchesRestTests {

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("matches-rest-tests"));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	private static JsonNode awaitStatus(People people, String object, String status) {
		return people.awaitAccount(object, (account) -> status.equals(account.path("status").asString()));
	}

	private static String refused(String path, String body) {
		Rest.Answer answer = reconciler.rest().post(path, body);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(409);
		return answer.body().get("detail").asString();
	}

	@Test
	void whoIsAvailableGetsAnAccountWhenAPersonSaysSo() {
		People people = new People(reconciler, "available");
		people.rules("matching", "{\"by\": [\"EMAIL\"], \"create\": \"WHEN_ASKED\"}");
		people.reads("ada");
		people.reads("bea");
		people.reads("cy");
		String available = people.organization() + "/accounts?held=true&reason=AVAILABLE";
		people.await(available, (page) -> page.get("items").size() == 3);
		assertThat(reconciler.rest().post(people.person("ada") + "/create", "{\"by\": \"olga\"}").status()).isIn(200,
				202);
		awaitStatus(people, "ada", "ACTIVE");
		JsonNode done = people.acts(people.connection() + "/people/create",
				"{\"by\": \"olga\", \"ids\": [\"ada\", \"bea\", \"nobody\"]}");
		assertThat(done.get("results").valueStream().map((one) -> one.path("detail").asString("")).toList())
			.anyMatch((detail) -> detail.contains("unlink it first"))
			.anyMatch((detail) -> detail.contains("has no account and waits for none"));
		awaitStatus(people, "bea", "ACTIVE");
		people.acts(people.connection() + "/people/create", "{\"by\": \"olga\", \"waitingFor\": \"AVAILABLE\"}");
		awaitStatus(people, "cy", "ACTIVE");
	}

	@Test
	void manyAreIgnoredAndSyncedAgain() {
		People people = new People(reconciler, "ignored");
		people.rules("matching", "{\"by\": [\"EMAIL\"], \"create\": \"AT_ONCE\"}");
		people.reads("ada");
		people.reads("bea");
		awaitStatus(people, "ada", "ACTIVE");
		awaitStatus(people, "bea", "ACTIVE");
		JsonNode done = people.acts(people.connection() + "/people/ignore",
				"{\"by\": \"olga\", \"ids\": [\"ada\", \"nobody\", \"bea\"]}");
		assertThat(done.at("/results/1/detail").asString()).isEqualTo("nothing was ever read of it");
		awaitStatus(people, "ada", "DEACTIVATED");
		awaitStatus(people, "bea", "DEACTIVATED");
		people.acts(people.connection() + "/people/unignore", "{\"by\": \"olga\", \"ids\": [\"ada\", \"bea\"]}");
		awaitStatus(people, "ada", "ACTIVE");
		awaitStatus(people, "bea", "ACTIVE");
	}

	@Test
	void anAccountIsUnlinkedAndLinkedByHand() {
		People people = new People(reconciler, "linked");
		people.rules("matching", "{\"by\": [\"EMAIL\"], \"create\": \"AT_ONCE\"}");
		people.reads("ada");
		people.reads("bea");
		String adas = awaitStatus(people, "ada", "ACTIVE").get("id").asString();
		String beas = awaitStatus(people, "bea", "ACTIVE").get("id").asString();
		String link = "{\"by\": \"olga\", \"account\": \"%s\"}";
		assertThat(refused(people.person("ada") + "/link", link.formatted(beas))).contains("unlink it first");
		assertThat(reconciler.rest().post(people.person("ada") + "/unlink", "{\"by\": \"olga\"}").status()).isIn(200,
				202);
		people.awaitAccount("ada", (account) -> "UNLINKED".equals(account.at("/held/code").asString()));
		assertThat(reconciler.rest().get(people.organization() + "/accounts/" + adas).body().get("object").isNull())
			.isTrue();
		assertThat(refused(people.person("ada") + "/unlink", "{\"by\": \"olga\"}")).isEqualTo("it has no account");
		assertThat(refused(people.person("ada") + "/link", link.formatted(beas)))
			.contains("belongs to 'bea' of connection 'con-linked'");
		assertThat(refused(people.person("ada") + "/link", link.formatted("none"))).contains("no account 'none'");
		JsonNode done = people.acts(people.connection() + "/people/link",
				"{\"by\": \"olga\", \"links\": [{\"object\": \"ada\", \"account\": \"%s\"}]}".formatted(adas));
		assertThat(done.at("/results/0/outcome").asString()).isIn("DONE", "ASKED");
		assertThat(awaitStatus(people, "ada", "ACTIVE").get("id").asString()).isEqualTo(adas);
	}

}
