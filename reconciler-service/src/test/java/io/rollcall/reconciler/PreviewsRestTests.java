package io.rollcall.reconciler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.mongo.Await;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People try a draft before they publish it, and look for drift, over HTTP. */
class PreviewsRestTests {

	private static final int MEMBERS = 6;

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	private static int counter;

	private String connection;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("previews-rest-tests"));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void aDraftIsTriedBeforeItIsPublished() {
		tenant("tried");
		ObjectNode rules = (ObjectNode) get("/rules").get("rules");
		((ObjectNode) rules.get("scope")).put("guests", true);
		rules.putObject("teams").put("groups", "CHOSEN").putArray("chosen");
		((ObjectNode) rules.at("/guard/memberships")).put("percent", 0).put("floor", 2).put("ceiling", 2);
		ObjectNode title = ((ObjectNode) rules.at("/mapping/fields")).putObject("title");
		title.put("from", "jobTitle").put("whenEmpty", "CLEAR");
		assertThat(post("/previews", "{\"of\": \"DRAFT\", \"by\": \"ada\"}").status()).isEqualTo(404);
		int draft = reconciler.rest()
			.put(this.connection + "/rules/draft", "{\"rules\": %s, \"by\": \"ada\"}".formatted(rules))
			.body()
			.get("version")
			.asInt();

		JsonNode preview = preview("{\"of\": \"DRAFT\", \"by\": \"ada\"}");
		assertThat(preview.get("version").asInt()).isEqualTo(draft);
		assertThat(preview.get("decided").asInt()).isEqualTo(MEMBERS + 2);
		assertThat(preview.get("total").asInt()).isEqualTo(MEMBERS + 2);
		assertThat(preview.get("changes").toString()).isEqualTo("{\"ACCOUNT_CREATED\":1,\"TEAM_ARCHIVED\":1}");
		assertThat(preview.get("afterApproval").toString()).isEqualTo("{\"MEMBER_LEFT\":%d}".formatted(MEMBERS));
		assertThat(preview.get("guard")
			.valueStream()
			.map((said) -> said.get("kind").asString() + " " + said.get("count").asInt() + " "
					+ said.get("limit").asInt() + " " + said.get("held").asBoolean()))
			.containsExactlyInAnyOrder("MEMBERSHIPS 6 2 true", "TEAMS 1 20 false");
		assertThat(preview.get("unread").get("jobTitle").asInt()).isEqualTo(MEMBERS + 1);

		String changes = "/previews/" + preview.get("id").asString() + "/changes";
		JsonNode created = get(changes + "?kind=ACCOUNT_CREATED");
		assertThat(created.get("items").size()).isEqualTo(1);
		assertThat(created.at("/items/0/name").asString()).isEqualTo("Guest");
		assertThat(created.at("/items/0/change/what").asString()).isEqualTo("CREATED");
		assertThat(created.at("/items/0/change/reason/code").asString()).isEqualTo("IN_SCOPE");
		assertThat(created.at("/items/0/change/fields").valueStream().map((field) -> field.get("to").asString()))
			.contains("guest@tried.example");
		JsonNode page = get(changes + "?limit=5");
		JsonNode rest = get(changes + "?limit=5&cursor=" + page.get("next").asString());
		assertThat(page.get("items").size() + rest.get("items").size()).isEqualTo(preview.get("changed").asInt());
		JsonNode found = get(changes + "?q=user3");
		assertThat(found.at("/items/0/object").asString()).isEqualTo("u3");
		assertThat(found.at("/items/0/afterApproval/left/0/name").asString()).isEqualTo("Sales");
		assertThat(get("/people/guest/explain").at("/account").isNull()).isTrue();

		assertThat(post("/rules/draft/publish", "{\"version\": %d, \"by\": \"ada\"}".formatted(draft)).status())
			.isIn(200, 202);
		await("/people/guest/explain", (person) -> "ACTIVE".equals(person.at("/account/status").asString()));
		await("/held?status=OPEN", (held) -> held.size() == 1);
		assertThat(get("/held?status=OPEN").at("/0/count").asInt()).isEqualTo(MEMBERS);
	}

	@Test
	void whoWasShownInAPreviewGoesWithoutAnotherQuestion() {
		tenant("approved");
		ObjectNode rules = (ObjectNode) get("/rules").get("rules");
		rules.putObject("teams").put("groups", "CHOSEN").putArray("chosen");
		((ObjectNode) rules.at("/guard/memberships")).put("percent", 0).put("floor", 2).put("ceiling", 2);
		int draft = reconciler.rest()
			.put(this.connection + "/rules/draft", "{\"rules\": %s, \"by\": \"ada\"}".formatted(rules))
			.body()
			.get("version")
			.asInt();
		String live = preview("{\"of\": \"LIVE\", \"by\": \"ada\"}").get("id").asString();
		assertThat(publish(draft, live).status()).isEqualTo(409);
		String shown = preview("{\"of\": \"DRAFT\", \"by\": \"ada\"}").get("id").asString();
		assertThat(publish(draft, shown).status()).isIn(200, 202);
		for (int i = 0; i < MEMBERS; i++) {
			await("/people/u%d/explain".formatted(i), (person) -> person.at("/account/teams").isEmpty());
		}
		assertThat(get("/held").size()).isZero();
	}

	private Rest.Answer publish(int draft, String preview) {
		return post("/rules/draft/publish",
				"{\"version\": %d, \"preview\": \"%s\", \"by\": \"ada\"}".formatted(draft, preview));
	}

	@Test
	void whatDriftedIsCountedAndRepaired() {
		tenant("drifted");
		assertThat(reconciler.rest().get(this.connection + "/drift").status()).isEqualTo(404);
		preview("{\"of\": \"LIVE\", \"by\": \"ada\"}");
		assertThat(get("/drift").get("drift").asInt()).isZero();

		MongoDatabase database = reconciler.bean(MongoDatabase.class);
		Await.answer(database.getCollection("accounts")
			.updateOne(Filters.eq("emailKey", "u2@drifted.example"), Updates.set("fields.displayName", "Somebody")));
		JsonNode preview = preview("{\"of\": \"LIVE\", \"by\": \"ada\"}");
		assertThat(get("/drift").get("drift").asInt()).isEqualTo(1);
		String path = "/previews/" + preview.get("id").asString();
		assertThat(get(path + "/changes").at("/items/0/change/fields").toString())
			.isEqualTo("[{\"field\":\"displayName\",\"from\":\"Somebody\",\"to\":\"User2\"}]");

		assertThat(post(path + "/repair", "{\"by\": \"ada\"}").status()).isEqualTo(202);
		await("/people/u2/explain", (person) -> "User2".equals(person.at("/account/name").asString()));
		JsonNode run = await("/runs", (runs) -> "MANUAL".equals(runs.at("/items/0/trigger").asString())
				&& "COMPLETED".equals(runs.at("/items/0/phase").asString()));
		assertThat(run.at("/items/0/by").asString()).isEqualTo("ada");
		assertThat(run.at("/items/0/applied").toString()).isEqualTo("{\"ACCOUNT_UPDATED\":1}");
		preview("{\"of\": \"LIVE\", \"by\": \"ada\"}");
		assertThat(get("/drift").get("drift").asInt()).isZero();
	}

	@Test
	void aPersonIsExplainedByEachRule() {
		tenant("explained");
		JsonNode guest = get("/people/guest/explain");
		assertThat(guest.get("rules")
			.valueStream()
			.map((word) -> word.get("rule").asString() + " " + word.get("word").asString())).contains("GUESTS OUT")
			.doesNotContain("DISABLED OUT");
		assertThat(guest.at("/decision/outcome").asString()).isEqualTo("LEAVE");
		assertThat(guest.get("changes").size()).isZero();
		JsonNode user = get("/people/u1/explain");
		assertThat(user.at("/seen/in/0/name").asString()).isEqualTo("Sales");

		ObjectNode rules = (ObjectNode) get("/rules").get("rules");
		((ObjectNode) rules.get("scope")).put("guests", true);
		rules.putObject("teams").put("groups", "CHOSEN").putArray("chosen");
		reconciler.rest().put(this.connection + "/rules/draft", "{\"rules\": %s, \"by\": \"ada\"}".formatted(rules));
		JsonNode included = get("/people/guest/explain?draft=true");
		assertThat(included.get("rules")
			.valueStream()
			.map((word) -> word.get("rule").asString() + " " + word.get("word").asString()))
			.doesNotContain("GUESTS OUT");
		assertThat(included.at("/decision/outcome").asString()).isEqualTo("INCLUDE");
		assertThat(included.at("/changes/0/change/what").asString()).isEqualTo("CREATED");
		assertThat(get("/people/u1/explain?draft=true").at("/changes/0/afterApproval/left/0/name").asString())
			.isEqualTo("Sales");
		assertThat(get("/people/guest/explain?version=1").at("/decision/outcome").asString()).isEqualTo("LEAVE");
		assertThat(reconciler.rest().get(this.connection + "/people/guest/explain?version=7").status()).isEqualTo(404);
		assertThat(reconciler.rest().get(this.connection + "/people/u1/explain?draft=true&version=1").status())
			.isEqualTo(400);
	}

	@Test
	void whatCannotBeTriedIsSaid() {
		tenant("wrong");
		assertThat(post("/previews", "{\"by\": \"ada\"}").body().get("detail").asString())
			.isEqualTo("\"of\" is missing");
		assertThat(post("/previews", "{\"of\": \"LIVE\", \"version\": 3, \"by\": \"ada\"}").status()).isEqualTo(400);
		assertThat(post("/previews", "{\"of\": \"VERSION\", \"version\": 3, \"by\": \"ada\"}").status()).isEqualTo(404);
		assertThat(reconciler.rest().get(this.connection + "/previews/none").status()).isEqualTo(404);
		JsonNode old = preview("{\"of\": \"VERSION\", \"version\": 1, \"by\": \"ada\"}");
		assertThat(post("/previews/%s/repair".formatted(old.get("id").asString()), "{\"by\": \"ada\"}").status())
			.isEqualTo(409);
		assertThat(get("/previews").size()).isEqualTo(1);
	}

	/** Some members of a group, and a guest. */
	private void tenant(String name) {
		Coordinated tenant = new Coordinated(reconciler, name);
		this.connection = "/api/connections/" + tenant.connection;
		tenant.status(ConnectionStatus.ACTIVE);
		read(tenant, "g0", ObjectKind.GROUP, Map.of("displayName", "Sales"), null);
		for (int i = 0; i < MEMBERS; i++) {
			user(tenant, "u" + i, "User" + i, "Member", new Edges(List.of(new ObjectId("g0")), List.of(), null));
		}
		user(tenant, "guest", "Guest", "Guest", Edges.NONE);
		for (int i = 0; i < MEMBERS; i++) {
			await("/people/u%d/explain".formatted(i), (person) -> person.at("/account/teams").size() == 1);
		}
		await("/people/guest/explain", (person) -> "USER".equals(person.get("kind").asString()));
		// The run of the activation decides everybody, and would mend what drifts.
		await("/runs", (runs) -> "COMPLETED".equals(runs.at("/items/0/phase").asString()));
	}

	private Rest.Answer post(String path, String body) {
		return reconciler.rest().post(this.connection + path, body);
	}

	private JsonNode get(String path) {
		return reconciler.rest().get(this.connection + path).body();
	}

	/** Begins a preview and waits for its end. */
	private JsonNode preview(String wanted) {
		Rest.Answer begun = post("/previews", wanted);
		assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
		return await("/previews/" + begun.body().get("id").asString(),
				(preview) -> "COMPLETED".equals(preview.get("status").asString()));
	}

	private JsonNode await(String path, Predicate<JsonNode> state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> reconciler.rest().get(this.connection + path),
					(answer) -> answer.status() == 200 && state.test(answer.body()))
			.body();
	}

	private static void user(Coordinated tenant, String object, String name, String type, Edges edges) {
		String mail = object + "@" + tenant.connection.value().substring("con-".length()) + ".example";
		read(tenant, object, ObjectKind.USER,
				new LinkedHashMap<>(Map.of("displayName", name, "givenName", name, "surname", "S", "accountEnabled",
						true, "userType", type, "employeeId", name, "mail", mail, "userPrincipalName", mail)),
				edges);
	}

	private static void read(Coordinated tenant, String object, ObjectKind kind, Map<String, Object> attributes,
			Edges edges) {
		int partition = EventPublisher.partitionOf(Observation.keyOf(tenant.connection, new ObjectId(object)));
		reconciler.publish(Topics.OBSERVATIONS, partition, new CellsObserved(tenant.organization, tenant.connection,
				new SourceId("global/tenant/app"), Sequence.of(7, ++counter), partition, null,
				List.copyOf(attributes.keySet()),
				List.of(new Cell.ObjectRead(0, new ObjectId(object), kind, new Attributes(attributes), edges))));
	}

}
