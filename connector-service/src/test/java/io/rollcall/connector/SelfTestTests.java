package io.rollcall.connector;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The Test button, and what it says when something is wrong. */
class SelfTestTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final Scene scene = new Scene(30);

	private ConnectorInstance connector;

	@BeforeEach
	void start() {
		this.connector = this.scene.shared();
		create(Simulator.SECRET);
	}

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void passesAnActiveConnectionThatIsWellAndLeavesNothingBehind() {
		post("/activate", Map.of(), "application/json").expectStatus().isOk();
		this.scene.awaitSubscriptions();
		JsonNode report = test(null);
		assertThat(report.path("state").asString()).as(report.toPrettyString()).isEqualTo("PASSED");
		assertThat(report.path("lines").valueStream().map(SelfTestTests::name)).containsExactlyInAnyOrder("TOKEN",
				"PERMISSION PEOPLE", "PERMISSION GROUPS", "PERMISSION GROUP_HINTS", "PERMISSION HIDDEN_MEMBERS",
				"PERMISSION UNITS", "PERMISSION CREDENTIAL_END", "READABLE USERS", "READABLE GROUPS", "READABLE UNITS",
				"DELTA USERS", "DELTA GROUPS", "DELTA UNITS", "WEBHOOK", "CLOCK", "CREDENTIAL_END");
		assertThat(line(report, "WEBHOOK").path("state").asString()).isEqualTo("PASSED");
		assertThat(line(report, "PERMISSION HIDDEN_MEMBERS").path("state").asString()).isEqualTo("SKIPPED");
		assertThat(simulator().subscriptions(this.scene.tenant)).hasSize(2);
	}

	@Test
	void streamsEachLineAndHowItEnded() {
		String stream = post("/test", null, MediaType.TEXT_EVENT_STREAM_VALUE).expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(stream.lines().filter("event:line"::equals)).hasSize(16);
		assertThat(stream.lines().filter((line) -> line.startsWith("data:")).findFirst().get()).contains("TOKEN");
		assertThat(stream.strip()).endsWith("event:end\ndata:{\"state\":\"PASSED\"}");
		this.connector.web()
			.post()
			.uri("/api/connections/nobody/test")
			.header("Accept", MediaType.TEXT_EVENT_STREAM_VALUE)
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	@Test
	void triesANewSecretBeforeItReplacesTheOldOne() {
		JsonNode wrong = test(body("not-the-secret"));
		assertThat(line(wrong, "TOKEN").path("error").path("code").asString()).isEqualTo("7000215");
		assertThat(line(wrong, "READABLE").path("state").asString()).isEqualTo("SKIPPED");
		assertThat(line(wrong, "CLOCK").path("state").asString()).isEqualTo("PASSED");
		assertThat(test(null).path("state").asString()).isEqualTo("PASSED");
		simulator().app(this.scene.tenant,
				Map.of("secrets", List.of(Map.of("value", "new-secret"), Map.of("value", Simulator.SECRET))));
		assertThat(test(body("new-secret")).path("state").asString()).isEqualTo("PASSED");
	}

	@Test
	void testsADraftThatHasNoCredentialYet() {
		String draft = this.scene.connection + "-draft";
		Map<String, Object> body = body(Simulator.SECRET);
		body.remove("clientSecret");
		body.put("id", draft);
		this.connector.web().post().uri("/api/connections").bodyValue(body).exchange().expectStatus().isCreated();
		JsonNode report = test(draft, null, "en");
		assertThat(line(report, "TOKEN").path("cure").asString()).isEqualTo("SAVE_CREDENTIAL");
		assertThat(test(draft, body(Simulator.SECRET), "en").path("state").asString()).isEqualTo("PASSED");
	}

	@ParameterizedTest
	@CsvSource({ "7000222,de,neuen geheimen", "700016,en,app", "90002,en,tenant ID", "50012,nl,geheim" })
	void hasACureForWhatEntraSaysInTheAskedLanguage(String code, String language, String word) {
		simulator().fault(this.scene.tenant, Map.of("kind", "SIGN_IN_ERROR", "code", code));
		JsonNode token = line(test(this.scene.connection.value(), null, language), "TOKEN");
		assertThat(token.path("state").asString()).isEqualTo("FAILED");
		assertThat(token.path("error").path("code").asString()).isEqualTo(code);
		assertThat(token.path("cureText").asString()).containsIgnoringCase(word);
		assertThat(token.path("error").path("lookup").asString()).endsWith("code=" + code);
	}

	@Test
	void missesOnlyTheFeatureWhosePermissionIsMissing() {
		this.scene.awaitFirstRun();
		permissions(Set.of("User.Read.All", "GroupMember.Read.All"));
		String draft = this.scene.connection + "-draft";
		Map<String, Object> body = body(Simulator.SECRET);
		body.put("id", draft);
		body.remove("clientSecret");
		this.connector.web().post().uri("/api/connections").bodyValue(body).exchange().expectStatus().isCreated();
		assertThat(test(draft, body(Simulator.SECRET), "en").path("state").asString()).isEqualTo("WARNING");
		JsonNode report = test(null);
		assertThat(line(report, "PERMISSION GROUP_HINTS").path("state").asString()).isEqualTo("WARNING");
		for (String name : List.of("PERMISSION UNITS", "READABLE UNITS", "DELTA UNITS")) {
			assertThat(line(report, name).path("state").asString()).as(name).isEqualTo("FAILED");
			assertThat(line(report, name).path("cure").asString()).as(name).isEqualTo("GRANT_OR_SWITCH_OFF");
		}
		assertThat(line(report, "CREDENTIAL_END").path("cure").asString()).isEqualTo("TYPE_END");
		Map<String, Object> fewer = body(Simulator.SECRET);
		fewer.putAll(Map.of("features", List.of("GROUPS"), "clientSecretEndsAt", "2999-01-01T00:00:00Z"));
		JsonNode switchedOff = test(fewer);
		assertThat(switchedOff.path("state").asString()).isEqualTo("PASSED");
		assertThat(switchedOff.path("lines").valueStream().map(SelfTestTests::name)).doesNotContain("READABLE UNITS");
		assertThat(line(switchedOff, "CREDENTIAL_END").path("parameters").path("endsAt").asString()).startsWith("2999");
		permissions(Set.of("GroupMember.Read.All"));
		report = test(null);
		assertThat(report.path("state").asString()).isEqualTo("FAILED");
		assertThat(line(report, "PERMISSION PEOPLE").path("cure").asString()).isEqualTo("GRANT_PERMISSION");
		assertThat(line(report, "READABLE USERS").path("error").path("code").asString())
			.isEqualTo("Authorization_RequestDenied");
	}

	@Test
	void saysWhichAttributeTheTenantDoesNotKnow() throws Exception {
		this.connector.rules(this.scene.connection, 1, List.of("departmnt"));
		await().atMost(LONG).untilAsserted(() -> {
			JsonNode users = line(test(null), "READABLE USERS");
			assertThat(users.path("error").path("message").asString()).contains("departmnt");
			assertThat(users.path("cureText").asString()).startsWith("Remove the property");
		});
	}

	@Test
	void noticesAClockThatIsOff() {
		simulator().call("PUT", "/control/tenants/" + this.scene.tenant + "/clock", "{\"aheadMillis\":-900000}");
		JsonNode clock = line(test(null), "CLOCK");
		assertThat(clock.path("state").asString()).isEqualTo("FAILED");
		assertThat(clock.path("parameters").path("seconds").asString()).matches("-(89|90)\\d");
	}

	@Test
	void warnsBeforeASecretEnds() {
		Instant end = Instant.now().plus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
		simulator().app(this.scene.tenant, Map.of("secrets", List
			.of(Map.of("value", Simulator.SECRET, "endDateTime", end.toString()), Map.of("value", "other-secret"))));
		JsonNode line = line(test(null), "CREDENTIAL_END");
		assertThat(line.path("state").asString()).isEqualTo("WARNING");
		assertThat(line.path("parameters").path("endsAt").asString()).isEqualTo(end.toString());
		assertThat(line.path("cure").asString()).isEqualTo("RENEW_CREDENTIAL");
	}

	@Test
	void saysThatGraphDoesNotReachTheWebhook() {
		try (Scene other = new Scene(1)) {
			ConnectorInstance unreachable = other.connector("--rollcall.public-url=http://127.0.0.1:1");
			Map<String, Object> body = body(Simulator.SECRET);
			body.put("id", other.connection.value());
			body.put("tenant", other.tenant);
			unreachable.web().post().uri("/api/connections").bodyValue(body).exchange().expectStatus().isCreated();
			JsonNode webhook = line(read(unreachable.web()
				.post()
				.uri("/api/connections/" + other.connection + "/test")
				.accept(MediaType.APPLICATION_JSON)
				.exchange()), "WEBHOOK");
			assertThat(webhook.path("state").asString()).isEqualTo("FAILED");
			assertThat(webhook.path("error").path("code").asString()).isEqualTo("ValidationError");
			assertThat(webhook.path("cureText").asString()).contains("reachable from the internet");
		}
	}

	@Test
	void takesBackWhatAnEarlierTestLeft() {
		simulator().fault(this.scene.tenant,
				Map.of("kind", "INTERNAL_ERROR", "path", "/subscriptions", "method", "DELETE"));
		assertThat(line(test(null), "WEBHOOK").path("state").asString()).isEqualTo("FAILED");
		assertThat(line(test(null), "WEBHOOK").path("state").asString()).isEqualTo("PASSED");
		assertThat(simulator().subscriptions(this.scene.tenant).valueStream())
			.noneMatch((each) -> each.toString().contains("?test="));
	}

	@Test
	void waitsForNoLineLongerThanSeconds() {
		simulator().fault(this.scene.tenant, Map.of("kind", "HANG", "path", "/groups/delta", "always", true));
		JsonNode report = test(null);
		assertThat(line(report, "DELTA GROUPS").path("error").path("origin").asString()).isEqualTo("NETWORK");
		assertThat(report.path("lines").get(report.path("lines").size() - 1)).isEqualTo(line(report, "DELTA GROUPS"));
		assertThat(line(report, "DELTA USERS").path("state").asString()).isEqualTo("PASSED");
	}

	@Test
	void asksForTheLeastPermissionsAndSaysWhy() {
		JsonNode usual = get("/api/connections/" + this.scene.connection + "/permissions", "sv");
		assertThat(usual.valueStream().map((each) -> each.path("permission").asString()))
			.containsExactly("User.Read.All", "Group.Read.All", "AdministrativeUnit.Read.All");
		assertThat(usual.get(1).path("features")).hasSize(2);
		assertThat(usual.get(1).path("features").get(0).path("reason").asString()).startsWith("Grupper");
		JsonNode few = get("/api/connections/" + this.scene.connection + "/permissions?feature=GROUPS", "xx");
		assertThat(few.valueStream().map((each) -> each.path("permission").asString())).containsExactly("User.Read.All",
				"GroupMember.Read.All");
		assertThat(few.get(0).path("optional").asBoolean()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sign-in", "consent", "graph" })
	void knowsWordsForEveryErrorInFiveLanguages(String where) {
		Set<String> english = cures(get("/api/known-errors/" + where, "en"));
		assertThat(english).hasSizeGreaterThan(20).allSatisfy((cure) -> assertThat(cure).isNotBlank());
		for (String language : List.of("de-AT,en;q=0.5", "nl", "sv", "no")) {
			assertThat(cures(get("/api/known-errors/" + where, language))).hasSameSizeAs(english)
				.doesNotContainAnyElementsOf(english);
		}
		assertThat(cures(get("/api/known-errors/" + where, "fr"))).isEqualTo(english);
	}

	@Test
	void guessesNothingAboutAnUnknownError() {
		JsonNode unknown = get("/api/known-errors/sign-in/AADSTS9999999", "en");
		assertThat(unknown.path("means").isNull() && unknown.path("cure").isNull()).isTrue();
		assertThat(unknown.path("lookup").asString()).isEqualTo("https://login.microsoftonline.com/error?code=9999999");
		assertThat(get("/api/known-errors/graph/Brand_New", "en").path("lookup").asString()).contains("Brand_New");
	}

	private static Set<String> cures(JsonNode errors) {
		return errors.valueStream().map((error) -> error.path("cure").asString()).collect(Collectors.toSet());
	}

	private void permissions(Set<String> granted) {
		simulator().app(this.scene.tenant, Map.of("permissions", granted));
	}

	private JsonNode get(String uri, String language) {
		return read(this.connector.web().get().uri(uri).header("Accept-Language", language).exchange());
	}

	private JsonNode test(Map<String, Object> settings) {
		return test(this.scene.connection.value(), settings, "en");
	}

	private JsonNode test(String id, Map<String, Object> settings, String language) {
		WebTestClient.RequestBodySpec request = this.connector.web()
			.post()
			.uri("/api/connections/" + id + "/test")
			.accept(MediaType.APPLICATION_JSON)
			.header("Accept-Language", language);
		return read(((settings != null) ? request.bodyValue(settings) : request).exchange());
	}

	private static JsonNode read(WebTestClient.ResponseSpec answer) {
		String body = answer.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
		assertThat(body).doesNotContain(Simulator.SECRET);
		return JSON.readTree(body);
	}

	private static String name(JsonNode line) {
		String about = line.path("about").asString("");
		return line.path("check").asString() + (about.isEmpty() ? "" : " " + about);
	}

	private static JsonNode line(JsonNode report, String name) {
		return report.path("lines")
			.valueStream()
			.filter((line) -> name(line).equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError(name + " is not in " + report.toPrettyString()));
	}

	private void create(String secret) {
		this.connector.web()
			.post()
			.uri("/api/connections")
			.bodyValue(body(secret))
			.exchange()
			.expectStatus()
			.isCreated();
	}

	private WebTestClient.ResponseSpec post(String path, Map<String, Object> body, String accept) {
		WebTestClient.RequestBodySpec request = this.connector.web()
			.post()
			.uri("/api/connections/" + this.scene.connection + path)
			.header("Accept", accept);
		return ((body != null) ? request.bodyValue(body) : request).exchange();
	}

	private Map<String, Object> body(String secret) {
		return new LinkedHashMap<>(Map.of("id", this.scene.connection.value(), "organization", "acme", "name", "Acme",
				"tenant", this.scene.tenant, "clientId", Simulator.APP, "clientSecret", secret));
	}

}
