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
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People look at accounts and teams, and leave users out, over HTTP. */
class PeopleRestTests {

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	private static int counter;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("people-rest-tests"));
		new Coordinated(reconciler, "people").status(ConnectionStatus.ACTIVE);
		read("g0", ObjectKind.GROUP, Map.of("displayName", "Sales"), null);
		user("u0", "Ada", "Lovelace", "g0");
		user("u1", "Grace", "Hopper", null);
		// Whoever has no address is held.
		read("u2", ObjectKind.USER, attributes("No Address", "No", "Address", null), Edges.NONE);
		await("/api/organizations/org-people/accounts?q=love", (page) -> page.get("items").size() == 1);
		await("/api/organizations/org-people/accounts?held=true", (page) -> page.get("items").size() == 1);
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	@Test
	void aSearchFindsASurname() {
		JsonNode found = reconciler.rest().get("/api/organizations/org-people/accounts?q=hop").body();
		assertThat(found.at("/items/0/name").asString()).isEqualTo("Grace Hopper");
		assertThat(found.get("items").size()).isEqualTo(1);
	}

	@Test
	void whoWaitsCanBeListed() {
		JsonNode held = reconciler.rest().get("/api/organizations/org-people/accounts?held=true").body();
		assertThat(held.at("/items/0/status").asString()).isEqualTo("WAITING");
		assertThat(held.at("/items/0/held/code").asString()).isEqualTo("EMAIL_MISSING");
		assertThat(reconciler.rest()
			.get("/api/organizations/org-people/accounts?status=WAITING")
			.body()
			.get("items")
			.size()).isEqualTo(1);
		assertThat(reconciler.rest().get("/api/organizations/org-people/accounts?after=x").status()).isEqualTo(400);
	}

	@Test
	void aTeamHasItsMembers() {
		JsonNode teams = await("/api/organizations/org-people/teams?q=sal", (page) -> page.get("items").size() == 1);
		assertThat(teams.at("/items/0/source/object").asString()).isEqualTo("g0");
		String team = "/api/organizations/org-people/teams/" + teams.at("/items/0/id").asString();
		JsonNode members = await(team + "/members", (page) -> page.get("items").size() == 1);
		assertThat(members.at("/items/0/name").asString()).isEqualTo("Ada Lovelace");
		assertThat(reconciler.rest().get("/api/organizations/org-people/teams/none").status()).isEqualTo(404);
	}

	@Test
	void anIgnoredUserIsExplainedAndComesBack() {
		String person = "/api/connections/con-people/people/u0";
		JsonNode included = reconciler.rest().get(person + "/explain").body();
		assertThat(included.at("/decision/outcome").asString()).isEqualTo("INCLUDE");
		assertThat(included.at("/seen/in/0/object").asString()).isEqualTo("g0");
		assertThat(included.at("/account/status").asString()).isEqualTo("ACTIVE");
		act(person + "/ignore");
		JsonNode left = await(person + "/explain", (explained) -> explained.get("ignored").asBoolean());
		assertThat(left.at("/decision/reason/code").asString()).isEqualTo("IGNORED");
		await(person + "/explain", (explained) -> "DEACTIVATED".equals(explained.at("/account/status").asString()));
		act(person + "/unignore");
		JsonNode back = await(person + "/explain",
				(explained) -> "ACTIVE".equals(explained.at("/account/status").asString()));
		assertThat(back.at("/decision/outcome").asString()).isEqualTo("INCLUDE");
	}

	@Test
	void whoWasNeverReadIsNotFound() {
		assertThat(reconciler.rest().get("/api/connections/con-people/people/nobody/explain").status()).isEqualTo(404);
		Rest.Answer ignored = reconciler.rest()
			.post("/api/connections/con-people/people/nobody/ignore", "{\"by\": \"ada\"}");
		assertThat(ignored.status()).isEqualTo(404);
		assertThat(ignored.body().get("detail").asString())
			.isEqualTo("nothing was ever read of 'nobody' in connection 'con-people'");
	}

	private static void act(String path) {
		assertThat(reconciler.rest().post(path, "{\"by\": \"ada\"}").status()).isIn(200, 202);
	}

	private static JsonNode await(String path, Predicate<JsonNode> state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> reconciler.rest().get(path), (answer) -> answer.status() == 200 && state.test(answer.body()))
			.body();
	}

	private static void user(String object, String given, String surname, String group) {
		read(object, ObjectKind.USER, attributes(given + " " + surname, given, surname, object + "@example.org"),
				new Edges((group != null) ? List.of(new ObjectId(group)) : List.of(), List.of(), null));
	}

	private static Map<String, Object> attributes(String name, String given, String surname, String mail) {
		Map<String, Object> attributes = new LinkedHashMap<>(Map.of("displayName", name, "givenName", given, "surname",
				surname, "accountEnabled", true, "userType", "Member", "employeeId", name));
		if (mail != null) {
			attributes.put("mail", mail);
			attributes.put("userPrincipalName", mail);
		}
		else {
			attributes.put("userPrincipalName", " ");
		}
		return attributes;
	}

	private static void read(String object, ObjectKind kind, Map<String, Object> attributes, Edges edges) {
		Coordinated tenant = new Coordinated(reconciler, "people");
		int partition = EventPublisher.partitionOf(Observation.keyOf(tenant.connection, new ObjectId(object)));
		reconciler.publish(Topics.OBSERVATIONS, partition, new CellsObserved(tenant.organization, tenant.connection,
				new SourceId("global/tenant/app"), Sequence.of(7, ++counter), partition, null,
				List.copyOf(attributes.keySet()),
				List.of(new Cell.ObjectRead(0, new ObjectId(object), kind, new Attributes(attributes), edges))));
	}

}
