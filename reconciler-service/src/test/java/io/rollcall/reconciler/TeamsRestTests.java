package io.rollcall.reconciler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Teams of managers, and people's own acts on teams and roles, over HTTP. */
class TeamsRestTests {

	private static final String ACME = "/api/organizations/org-led";

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	private static int counter;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("teams-rest-tests"));
		new Coordinated(reconciler, "led").status(ConnectionStatus.ACTIVE);
		user("peter", "Peter Wright", null);
		user("ada", "Ada", "peter");
		user("bob", "Bob", "peter");
		await(ACME + "/accounts?q=bob", (page) -> page.get("items").size() == 1);
		String path = "/api/connections/con-led/rules";
		ObjectNode rules = (ObjectNode) reconciler.rest().get(path).body().get("rules");
		rules.put("by", "olga");
		((ObjectNode) rules.get("teams")).putObject("managers").put("language", "EN");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> reconciler.rest().put(path, rules.toString()).status() == 200);
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void publishedRulesMakeTheTeamsOfManagersWhichAreRenamedWithThem() {
		JsonNode team = await(ACME + "/teams?q=pet", (page) -> page.get("items").size() == 1).at("/items/0");
		String members = ACME + "/teams/" + team.get("id").asString() + "/members";
		JsonNode all = await(members, (page) -> page.get("items").size() == 3);
		assertThat(all.get("items").valueStream().map((member) -> member.at("/teams/0/role").asString()))
			.containsExactlyInAnyOrder("MEMBER", "MEMBER", "SUPERVISOR");
		user("peter", "Pete Wright", null);
		await(members,
				(page) -> page.get("items")
					.valueStream()
					.allMatch((member) -> "Pete Wright's Team".equals(member.at("/teams/0/name").asString())));
		user("peter", "Peter Wright", null);
		String path = ACME + "/teams/" + team.get("id").asString();
		Rest.Answer refused = reconciler.rest().put(path, "{\"by\": \"olga\", \"name\": \"Mine\"}");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body().get("detail").asString()).contains("or change the rules");
	}

	@Test
	void aPersonMakesATeamAndPutsPeopleIntoIt() {
		Rest.Answer made = reconciler.rest().post(ACME + "/teams", "{\"by\": \"olga\", \"name\": \" Choir \"}");
		assertThat(made.status()).isEqualTo(201);
		assertThat(made.body().get("name").asString()).isEqualTo("Choir");
		assertThat(made.body().get("source").isNull()).isTrue();
		String team = ACME + "/teams/" + made.body().get("id").asString();
		String ada = account("ada");
		JsonNode given = reconciler.rest().post(team + "/members", """
				{"by": "olga", "members": [{"account": "%s", "role": "SOLOIST"}, {"account": "none", "role": "TENOR"}]}
				""".formatted(ada)).body();
		assertThat(given.at("/results/0/outcome").asString()).isEqualTo("DONE");
		assertThat(given.at("/results/1/outcome").asString()).isEqualTo("REFUSED");
		assertThat(given.at("/results/1/detail").asString()).contains("has no account 'none'");
		assertThat(reconciler.rest().get(team + "/members").body().at("/items/0/name").asString()).isEqualTo("Ada");
		assertThat(
				reconciler.rest().put(team, "{\"by\": \"olga\", \"name\": \"Ensemble\"}").body().get("name").asString())
			.isEqualTo("Ensemble");
		assertThat(reconciler.rest()
			.post(team + "/members/remove", "{\"by\": \"olga\", \"accounts\": [\"%s\"]}".formatted(ada))
			.body()
			.at("/results/0/outcome")
			.asString()).isEqualTo("DONE");
		assertThat(reconciler.rest().get(team + "/members").body().get("items").size()).isZero();
		assertThat(reconciler.rest().put(team, "{\"by\": \"olga\", \"status\": \"ARCHIVED\"}").status()).isEqualTo(200);
		assertThat(reconciler.rest()
			.post(team + "/members",
					"{\"by\": \"olga\", \"members\": [{\"account\": \"%s\", \"role\": \"TENOR\"}]}".formatted(ada))
			.status()).isEqualTo(409);
	}

	@Test
	void theLastOwnerStaysOneUntilThereIsAnother() {
		String ada = ACME + "/accounts/" + account("ada") + "/role";
		String bob = ACME + "/accounts/" + account("bob") + "/role";
		JsonNode owner = reconciler.rest().put(ada, "{\"by\": \"olga\", \"role\": \"OWNER\"}").body();
		assertThat(owner.at("/fields/role").asString()).isEqualTo("OWNER");
		Rest.Answer last = reconciler.rest().put(ada, "{\"by\": \"olga\"}");
		assertThat(last.status()).isEqualTo(409);
		assertThat(last.body().get("detail").asString()).contains("make another account OWNER first");
		assertThat(reconciler.rest().put(bob, "{\"by\": \"olga\", \"role\": \"OWNER\"}").status()).isEqualTo(200);
		assertThat(reconciler.rest().put(ada, "{\"by\": \"olga\"}").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			/teams                    | {"by": "olga"}                                    | "name" must have 1 to 200
			/teams                    | {"name": "Choir"}                                 | "by" must say who
			/teams                    | {"by": "olga", "nmae": "Choir"}                   | nmae
			/teams/x/members          | {"by": "olga", "members": []}                     | name 1 to 1000 at a time
			/teams/x/members          | {"by": "olga", "members": [{"account": "a"}]}     | "role" is missing
			/teams/x/members          | {"by": "olga", "members": [{"account": "a", "role": "coach"}]} | capital letters
			/teams/x/members/remove   | {"by": "olga"}                                    | name 1 to 1000 at a time
			""")
	void whatIsWrongIsSaid(String path, String body, String said) {
		Rest.Answer answer = reconciler.rest().post(ACME + path, body);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
		assertThat(answer.body().get("detail").asString()).contains(said);
	}

	private static String account(String user) {
		return reconciler.rest()
			.get("/api/connections/con-led/people/" + user + "/explain")
			.body()
			.at("/account/id")
			.asString();
	}

	private static JsonNode await(String path, Predicate<JsonNode> state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> reconciler.rest().get(path), (answer) -> answer.status() == 200 && state.test(answer.body()))
			.body();
	}

	private static void user(String object, String name, String manager) {
		Map<String, Object> attributes = new LinkedHashMap<>(Map.of("displayName", name, "accountEnabled", true,
				"userType", "Member", "mail", object + "@example.org", "userPrincipalName", object + "@example.org"));
		Edges edges = new Edges(List.of(), List.of(), (manager != null) ? new ObjectId(manager) : null);
		Coordinated tenant = new Coordinated(reconciler, "led");
		int partition = EventPublisher.partitionOf(Observation.keyOf(tenant.connection, new ObjectId(object)));
		reconciler.publish(Topics.OBSERVATIONS, partition,
				new CellsObserved(tenant.organization, tenant.connection, new SourceId("global/tenant/app"),
						Sequence.of(7, ++counter), partition, null, List.copyOf(attributes.keySet()),
						List.of(new Cell.ObjectRead(0, new ObjectId(object), ObjectKind.USER,
								new Attributes(attributes), edges))));
	}

}
