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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People look at rules and publish new ones, over HTTP. */
class RulesRestTests {

	private static final String RULES = """
			{"by": "ada", "scope": {"everyone": true, "guests": false, "disabled": false},
			 "mapping": {"displayName": "displayName", "email": {"from": "MAIL_ELSE_UPN", "onMicrosoft": false},
			             "fields": {"address": {"from": "streetAddress", "whenEmpty": "CLEAR"}}},
			 "teams": {"groups": "CHOSEN", "chosen": [{"id": "g1", "members": "DIRECT"}], "managers": {"language": "DE"}},
			 "guard": {"accounts": {"percent": 1, "floor": 5, "ceiling": 50},
			           "memberships": {"percent": 20, "floor": 20, "ceiling": 500},
			           "teams": {"percent": 20, "floor": 10, "ceiling": 100},
			           "addresses": {"percent": 10, "floor": 20, "ceiling": 500}},
			 "leavers": {"deleted": "DEACTIVATE", "disabled": "QUEUE", "outOfScope": "KEEP"},
			 "matching": {"by": ["EMPLOYEE_ID", "EMAIL"], "create": "WHEN_ASKED"}}
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
		Rest.Answer outdated = reconciler.rest()
			.put(path, RULES.replace("\"by\": \"ada\"", "\"version\": 1, \"by\": \"ada\""));
		assertThat(outdated.status()).isEqualTo(409);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"guard"        | "gaurd"                | gaurd
					"by": "ada",   |                        | "by" must say who
					"percent": 1,  | "percent": 101,        | guard.accounts needs "percent" of 0 to 100
					"ceiling": 50} | "ceiling": 4}          | "ceiling" not below it
					"mapping":     | "fields":              | fields
					"displayName": | "displayname":         | displayname
					"displayName": "displayName", |         | "mapping.displayName" is missing
					"onMicrosoft": false | "onMicrosoft": null | "mapping.email.onMicrosoft" is missing
					"MAIL_ELSE_UPN" | "MAIL_OR_UPN"         | MAIL_OR_UPN
					"CLEAR"        | null                   | "mapping.fields.address.whenEmpty" is missing
					"address": {   | "x": null, "address": { | "mapping.fields.x" is missing
					"address"      | "email"                | 'email' has a place of its own: mapping.email
					"address"      | "1st"                  | a field's name has a letter
					"streetAddress" | "city country"        | mapping.fields.address.from, character 6: the expression ends before country
					"streetAddress" | "streetAdress"        | mapping.fields.address.from, character 1: there is no attribute 'streetAdress': did you mean 'streetAddress'?
					"streetAddress" | "join(', ', city, aboutMe)" | character 18: 'aboutMe' cannot be mapped: delta queries do not tell of it
					"streetAddress" | "businessPhones"      | write firstOf(businessPhones)
					"g1"           | "g 1"                  | must not contain a colon
					"disabled": "QUEUE", |                  | "leavers.disabled" is missing
					"QUEUE"        | "FORGET"               | FORGET
					"EMPLOYEE_ID", | "EMAIL",               | names a key twice
					, "create": "WHEN_ASKED" |              | "matching.create" is missing
					"teams": {"groups" | "groups": {"groups"  | groups
					"teams": {"percent" | "memberships": {"percent" | guard.teams
					"CHOSEN"       | "ALL"                  | leave it out, or write CHOSEN
					"CHOSEN"       | "SOME"                 | SOME
					"chosen": [{"id": "g1", "members": "DIRECT"}], | | "teams.chosen" is missing
					"members": "DIRECT" | "members": null   | "teams.chosen[0].members" is missing
					"language": "DE" | "language": null     | "teams.managers.language" is missing
					"language": "DE" | "language": "DE", "pattern": "Team" | teams.managers.pattern needs {manager}
					"everyone": true, |                     | "scope.everyone" is missing
					"everyone": true | "everyone": false    | "scope.include" is missing
					"everyone": true | "everyone": true, "include": {"people": ["p1"]} | "scope.include" adds nobody
					"everyone": true | "everyone": false, "include": {"groups": []} | "scope.include" names nobody
					"everyone": true | "everyone": false, "include": {"people": ["p1", "p1"]} | scope.include.people[1]: 'p1' is there twice
					"everyone": true | "everyone": false, "include": {"people": ["ada@x.org"]} | scope.include.people[0]: 'ada@x.org' is an address: look it up
					"everyone": true | "everyone": false, "include": {"groups": [{"id": "g1"}]} | "scope.include.groups[0].members" is missing
					"everyone": true | "everyone": false, "include": {"groups": [{"id": "g1", "members": "ALL"}]} | ALL
					"everyone": true | "everyone": false, "include": {"grups": []} | grups
					"everyone": true | "everyone": true, "exclude": {"condition": {"not": {"attribute": "departmnt", "equals": "x"}}} | scope.exclude.condition.not.attribute: there is no attribute 'departmnt': did you mean 'department'?
					""")
	void whatIsWrongWithRulesIsSaid(String of, String with, String said) {
		String body = RULES.replace(of, (with != null) ? with : "");
		Rest.Answer answer = reconciler.rest().put("/api/connections/con-wrong/rules", body);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
		assertThat(answer.body().get("detail").asString()).contains(said);
	}

	@Test
	void allThatIsWrongWithAMappingIsSaidAtOnce() {
		String body = RULES.replace("\"displayName\": \"displayName\"", "\"displayName\": \"trim(name\"")
			.replace("streetAddress", "departmnt");
		Rest.Answer answer = reconciler.rest().put("/api/connections/con-wrong/rules", body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.type()).startsWith("application/problem+json");
		assertThat(answer.body().get("errors").toString()).isEqualTo("""
				[{"field":"mapping.displayName","position":6,\
				"detail":"there is no attribute 'name': did you mean 'companyName' or 'displayName' or 'givenName'?"},\
				{"field":"mapping.fields.address.from","position":1,\
				"detail":"there is no attribute 'departmnt': did you mean 'department'?"}]""");
		assertThat(answer.body().get("detail").asString()).startsWith("mapping.displayName, character 6: ")
			.contains("; mapping.fields.address.from, character 1: ");
	}

	@Test
	void rulesReadBackAsTheyWerePublishedAndCanBePublishedAgain() {
		String path = "/api/connections/con-mapped/rules";
		new Coordinated(reconciler, "mapped").status(ConnectionStatus.ACTIVE);
		String wanted = RULES.replace("streetAddress", "firstOf( extension_b7d8e648520f41d3b9c0fdeb91768a0a_home,"
				+ "join(', ',streetAddress,city),'it''s unknown' )");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> reconciler.rest().put(path, wanted).status() == 200);
		JsonNode rules = reconciler.rest().get(path).body().get("rules");
		assertThat(rules.get("mapping").toString()).isEqualTo("""
				{"displayName":"displayName","email":{"from":"MAIL_ELSE_UPN","onMicrosoft":false},\
				"fields":{"address":{"from":"firstOf(extension_b7d8e648520f41d3b9c0fdeb91768a0a_home, \
				join(', ', streetAddress, city), 'it''s unknown')","whenEmpty":"CLEAR"}}}""");
		((ObjectNode) rules).put("by", "ada");
		assertThat(reconciler.rest().put(path, rules.toString()).status()).isEqualTo(200);
	}

	@Test
	void aScopeReadsBackAsItWasPublishedAndIsReadFromTheDirectory() {
		String path = "/api/connections/con-scoped/rules";
		new Coordinated(reconciler, "scoped").status(ConnectionStatus.ACTIVE);
		String scope = """
				{"everyone":false,"include":{"people":["p1","p2"],"groups":[{"id":"g1","members":"DIRECT"},\
				{"id":"g2","members":"TRANSITIVE"}],"units":["a1"],"condition":{"any":[{"attribute":"costCenter.name",\
				"startsWith":"4"},{"not":{"attribute":"department","in":["Sales","Care"]}}]}},"exclude":{"people":["p3"],\
				"groups":[],"units":[]},"guests":true,"disabled":false}"""
			.replace("costCenter.name", "onPremisesExtensionAttributes.extensionAttribute1");
		String wanted = RULES.replace("{\"everyone\": true, \"guests\": false, \"disabled\": false}", scope);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> reconciler.rest().put(path, wanted).status() == 200);
		assertThat(reconciler.rest().get(path).body().at("/rules/scope").toString()).isEqualTo(scope);
		try (Topic rules = new Topic(kafka.bootstrapServers(), Topics.RULES)) {
			RulesPublished published = CoordinatingTests
				.await(rules, RulesPublished.class,
						(event) -> event.version() == 2 && event.connection().value().equals("con-scoped"), 1)
				.getFirst();
			assertThat(published.userAttributes()).contains("onPremisesExtensionAttributes", "department",
					"otherMails");
		}
	}

	@Test
	void theStandardRulesCanBePublished() {
		String path = "/api/connections/con-standard/rules";
		new Coordinated(reconciler, "standard").status(ConnectionStatus.ACTIVE);
		ObjectNode standard = (ObjectNode) reconciler.rest().get(path).body().get("rules");
		standard.put("by", "ada");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> reconciler.rest().put(path, standard.toString()).status() == 200);
	}

	@Test
	void theCatalogueSaysWhatCanBeMappedInEachLanguage() {
		JsonNode users = reconciler.rest().get("/api/attributes?language=de").body();
		JsonNode phones = users.get("items")
			.valueStream()
			.filter((item) -> "businessPhones".equals(item.get("name").asString()))
			.findFirst()
			.orElseThrow();
		assertThat(phones.get("label").asString()).isEqualTo("Telefon (geschäftlich)");
		assertThat(phones.get("expression").asString()).isEqualTo("firstOf(businessPhones)");
		assertThat(phones.get("type").asString()).isEqualTo("STRING_LIST");
		assertThat(users.get("items").size()).isEqualTo(111);
		JsonNode units = reconciler.rest().get("/api/attributes?kind=ADMINISTRATIVE_UNIT").body();
		assertThat(units.get("language").asString()).isEqualTo("en");
		assertThat(units.get("items").size()).isEqualTo(10);
		assertThat(reconciler.rest().get("/api/attributes?kind=OTHER").status()).isEqualTo(400);
		assertThat(reconciler.rest().get("/api/attributes?language=fr").body().get("detail").asString())
			.isEqualTo("language must be one of en, de, nl, sv, nb, is 'fr'");
	}

	@Test
	void noRulesAtAllAreAnError() {
		Rest.Answer answer = reconciler.rest().put("/api/connections/con-wrong/rules", "null");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("detail").asString()).isEqualTo("\"rules\" is missing");
	}

}
