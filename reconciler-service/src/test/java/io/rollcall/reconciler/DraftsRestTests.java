package io.rollcall.reconciler;

import java.time.Duration;

import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People work on a draft of rules, publish it, and bring old versions back. */
class DraftsRestTests {

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	private String path;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("drafts-rest-tests"));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void aDraftIsSavedComparedPublishedAndGone() {
		connection("drafted");
		assertThat(get("/draft").status()).isEqualTo(404);
		ObjectNode rules = standard();
		((ObjectNode) rules.get("scope")).put("guests", true);
		((ObjectNode) rules.at("/mapping/fields")).remove("surname");
		((ObjectNode) rules.at("/guard/accounts")).put("floor", 7);
		choose(rules, "g1", "DIRECT");
		JsonNode saved = save(null, rules).body();
		assertThat(saved.get("madeFrom").asInt()).isEqualTo(1);
		assertThat(get("/draft").body().get("rules")).isEqualTo(saved.get("rules"));
		assertThat(get("").body().get("version").asInt()).isEqualTo(1);
		assertThat(get("/draft/diff").body().toString()).isEqualTo("""
				[{"path":"scope.guests","live":false,"draft":true},\
				{"path":"mapping.fields.surname","live":{"from":"surname","whenEmpty":"CLEAR"},"draft":null},\
				{"path":"teams.groups","live":"ALL","draft":"CHOSEN"},\
				{"path":"teams.chosen","live":null,"draft":[{"id":"g1","members":"DIRECT"}]},\
				{"path":"guard.accounts.floor","live":20,"draft":7}]""");
		publish(saved.get("version").asInt());
		assertThat(get("").body().at("/rules/scope/guests").asBoolean()).isTrue();
		assertThat(get("/draft").status()).isEqualTo(404);
	}

	@Test
	void listsAreComparedByWhatOneHasAndTheOtherHasNot() {
		connection("listed");
		ObjectNode rules = standard();
		choose(rules, "g1", "DIRECT", "g2", "DIRECT");
		publish(save(null, rules).body().get("version").asInt());
		choose(rules, "g2", "TRANSITIVE", "g3", "DIRECT");
		rules.remove("version");
		save(null, rules);
		assertThat(get("/draft/diff").body().toString()).isEqualTo("""
				[{"path":"teams.chosen[g1]","live":{"id":"g1","members":"DIRECT"},"draft":null},\
				{"path":"teams.chosen[g2].members","live":"DIRECT","draft":"TRANSITIVE"},\
				{"path":"teams.chosen[g3]","live":null,"draft":{"id":"g3","members":"DIRECT"}}]""");
	}

	private static void choose(ObjectNode rules, String... groupsAndMembers) {
		ArrayNode chosen = rules.putObject("teams").put("groups", "CHOSEN").putArray("chosen");
		for (int i = 0; i < groupsAndMembers.length; i += 2) {
			chosen.addObject().put("id", groupsAndMembers[i]).put("members", groupsAndMembers[i + 1]);
		}
	}

	@Test
	void nobodyOverwritesWhatSomebodyElseSaved() {
		connection("shared");
		int first = save(null, standard()).body().get("version").asInt();
		int second = save(first, standard()).body().get("version").asInt();
		assertThat(second).isGreaterThan(first);
		assertThat(save(first, standard()).status()).isEqualTo(409);
		assertThat(reconciler.rest().delete(this.path + "/draft?version=" + first).status()).isEqualTo(409);
		assertThat(reconciler.rest()
			.post(this.path + "/draft/publish", "{\"version\": %d, \"by\": \"ada\"}".formatted(first))
			.status()).isEqualTo(409);
		assertThat(reconciler.rest().delete(this.path + "/draft?version=" + second).status()).isEqualTo(204);
		// A version is never given twice, or whoever has the old one could overwrite it.
		assertThat(save(second, standard()).status()).isEqualTo(409);
		assertThat(save(null, standard()).body().get("version").asInt()).isGreaterThan(second);
	}

	@Test
	void aDraftThatGoesOutFromRulesThatNoLongerHoldIsNotPublished() {
		connection("outdated");
		int draft = save(null, standard()).body().get("version").asInt();
		ObjectNode others = standard();
		others.put("by", "grace");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> reconciler.rest().put(this.path, others.toString()).status() == 200);
		Rest.Answer refused = reconciler.rest()
			.post(this.path + "/draft/publish", "{\"version\": %d, \"by\": \"ada\"}".formatted(draft));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body().get("detail").asString()).startsWith("version 2 was published meanwhile");
		assertThat(get("/draft").status()).isEqualTo(200);
	}

	@Test
	void whatIsWrongWithADraftIsSaid() {
		connection("wrong");
		ObjectNode rules = standard();
		((ObjectNode) rules.get("mapping")).put("displayName", "displayNam");
		Rest.Answer answer = save(null, rules);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("detail").asString()).contains("did you mean 'displayName'");
	}

	@Test
	void versionsAreListedReadAndBroughtBack() {
		connection("versioned");
		for (int floor = 1; floor <= 3; floor++) {
			ObjectNode rules = (ObjectNode) get("").body().get("rules");
			((ObjectNode) rules.at("/guard/teams")).put("floor", floor);
			publish(save(null, rules).body().get("version").asInt());
		}
		JsonNode page = get("/versions?limit=2").body();
		assertThat(page.get("items").valueStream().map((item) -> item.get("version").asInt())).containsExactly(4, 3);
		assertThat(page.at("/items/0/by").asString()).isEqualTo("ada");
		assertThat(page.at("/items/0/live").asBoolean()).isTrue();
		JsonNode rest = get("/versions?limit=2&cursor=" + page.get("next").asString()).body();
		assertThat(rest.get("items").valueStream().map((item) -> item.get("version").asInt())).containsExactly(2, 1);
		assertThat(rest.path("next").isNull() || rest.path("next").isMissingNode()).isTrue();
		assertThat(get("/versions/2").body().at("/rules/guard/teams/floor").asInt()).isEqualTo(1);
		assertThat(get("/versions/1").body().at("/rules/guard/teams/floor").asInt()).isEqualTo(20);
		assertThat(get("/versions/9").status()).isEqualTo(404);
		Rest.Answer restored = reconciler.rest()
			.post(this.path + "/versions/2/restore", "{\"version\": 4, \"by\": \"ada\"}");
		assertThat(restored.status()).isIn(200, 202);
		assertThat(restored.body().get("version").asInt()).isEqualTo(5);
		assertThat(restored.body().at("/rules/guard/teams/floor").asInt()).isEqualTo(1);
	}

	private void connection(String name) {
		new Coordinated(reconciler, name).status(ConnectionStatus.ACTIVE);
		this.path = "/api/connections/con-" + name + "/rules";
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> get("/versions").status() == 200);
	}

	private Rest.Answer get(String more) {
		return reconciler.rest().get(this.path + more);
	}

	private static ObjectNode standard() {
		return (ObjectNode) reconciler.rest().get("/api/connections/con-of-nobody/rules").body().get("rules");
	}

	private Rest.Answer save(Integer over, ObjectNode rules) {
		return reconciler.rest()
			.put(this.path + "/draft",
					"{\"version\": %s, \"rules\": %s, \"by\": \"ada\"}".formatted(over, rules.toString()));
	}

	private void publish(int draft) {
		int before = get("").body().get("version").asInt();
		assertThat(reconciler.rest()
			.post(this.path + "/draft/publish", "{\"version\": %d, \"by\": \"ada\"}".formatted(draft))
			.status()).isIn(200, 202);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> get("").body().get("version").asInt() > before);
	}

}
