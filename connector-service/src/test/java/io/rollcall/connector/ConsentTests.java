package io.rollcall.connector;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.connector.flow.consent.Consent;
import io.rollcall.connector.flow.consent.ConsentRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;

/** A tenant is connected through the installation's application, by a link. */
@ExtendWith(OutputCaptureExtension.class)
class ConsentTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static String vendor;

	private final Scene scene = new Scene(10);

	private final Browser browser = new Browser();

	private ConnectorInstance connector;

	@BeforeAll
	static void register() {
		vendor = simulator().tenant(1);
	}

	@BeforeEach
	void start() {
		this.connector = this.scene.shared();
		JsonNode app = call("GET", "/api/rollcall-app", null, 200);
		simulator().call("PUT", "/control/tenants/" + vendor + "/apps/" + Simulator.ROLLCALL_APP,
				JSON.writeValueAsString(
						Map.of("displayName", "Rollcall", "multiTenant", true, "secret", Simulator.ROLLCALL_SECRET,
								"requested", List.of("User.Read.All", "Group.Read.All", "AdministrativeUnit.Read.All"),
								"redirectUris", app.path("redirectUris"))));
		assertThat(create(this.scene.connection.value(), "acme").path("status").asString()).isEqualTo("DRAFT");
	}

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void connectsATenantByALinkThatAColleagueClicks(CapturedOutput output) {
		String link = ask();
		this.browser.open(link, "de");
		assertThat(this.browser.text()).contains("Ada &lt;Lovelace&gt;", "Organisation acme", this.scene.tenant,
				"User.Read.All", "Gruppen und ihre Mitglieder", "Weiter zu Microsoft");
		this.browser.press("").follow();
		assertThat(this.browser.text()).contains("Permissions requested");
		this.browser.press("ACCEPT");
		String callback = this.browser.leadsTo();
		this.browser.follow().follow().press("ACCEPT");
		String signedIn = this.browser.leadsTo();
		assertThat(this.browser.follow().outcome()).isEqualTo("CONSENTED");
		JsonNode connection = call("GET", path(""), null, 200);
		assertThat(connection.path("status").asString()).isEqualTo("READY");
		assertThat(connection.path("credential").asString()).isEqualTo("CONSENT");
		for (String used : List.of(link, callback, signedIn)) {
			assertThat(this.browser.open(used).outcome()).isEqualTo("LINK_USED");
		}
		JsonNode consent = call("GET", path("/consents"), null, 200).get(0);
		assertThat(consent.path("consentedBy").asString()).isNotBlank();
		assertThat(consent.path("link").isNull()).isTrue();
		assertThat(call("POST", path("/test"), null, 200).path("state").asString()).isEqualTo("PASSED");
		call("POST", path("/activate"), Map.of(), 200);
		this.scene.awaitFirstRun();
		assertThat(output).doesNotContain(link.substring(link.lastIndexOf('/') + 1))
			.doesNotContain(Simulator.ROLLCALL_SECRET)
			.doesNotContain(signedIn.replaceAll(".*code=([^&]+)&.*", "$1"));
	}

	@Test
	void isNotOpenedByKnowingTheTenantsId() {
		throughAllPages(ask());
		String other = this.scene.connection + "-other";
		create(other, "evil");
		String link = ask(other);
		String consentPage = this.browser.open(link).press("").leadsTo();
		String state = parameter(consentPage, "state");
		// The tenant has consented to the application already, so this could be true.
		this.browser.open(callback("admin_consent=True&tenant=" + this.scene.tenant + "&state=" + state));
		String signInPage = this.browser.leadsTo();
		this.browser.open(signedIn("code=0.Aguessed&state=" + parameter(signInPage, "state")));
		assertThat(this.browser.outcome()).isEqualTo("REFUSED");
		toSignIn(link);
		assertThat(this.browser.press("SOMEBODY").follow().outcome()).isEqualTo("NOT_ADMINISTRATOR");
		toSignIn(link);
		String elsewhere = simulator().tenant(1);
		this.browser.press("ACCEPT", Map.of("answer_as", elsewhere)).follow();
		assertThat(this.browser.outcome()).isIn("OTHER_TENANT", "REFUSED");
		assertThat(call("GET", "/api/connections/" + other, null, 200).path("status").asString()).isEqualTo("DRAFT");
		call("POST", "/api/connections/" + other + "/activate", Map.of(), 409);
		assertThat(test(other)).isEqualTo("SAVE_CREDENTIAL");
	}

	@ParameterizedTest
	@CsvSource({ "65004,CANCELED", "90094,REFUSED", "53003,REFUSED", "650052,REFUSED" })
	void tellsEveryOutcomeThoughItSaysAdminConsentTrue(String code, String outcome) {
		String link = ask();
		this.browser.open(link).press("").follow().press("ERROR", Map.of("code", code));
		assertThat(this.browser.leadsTo()).contains("admin_consent=True", "error=");
		assertThat(this.browser.follow().outcome()).isEqualTo(outcome);
		if (outcome.equals("REFUSED")) {
			assertThat(this.browser.text()).contains("id=\"cure\"", "error?code=" + code, "with code " + code);
		}
		JsonNode last = call("GET", path("/consents"), null, 200).get(0).path("last");
		assertThat(last.path("outcome").asString()).isEqualTo(outcome);
		assertThat(last.path("code").asString()).isEqualTo(code);
		throughAllPages(link);
		assertThat(this.browser.outcome()).isEqualTo("CONSENTED");
	}

	@Test
	void tellsAPersonWhoCancelsAndMayTryAgain() {
		String link = ask();
		assertThat(this.browser.open(link).press("").follow().press("CANCEL").follow().outcome()).isEqualTo("CANCELED");
		toSignIn(link);
		assertThat(this.browser.press("CANCEL").follow().outcome()).isEqualTo("CANCELED");
	}

	@Test
	void noticesThatAnotherTenantAnswered() {
		String elsewhere = simulator().tenant(1);
		this.browser.open(ask()).press("").follow().press("ACCEPT", Map.of("answer_as", elsewhere));
		assertThat(this.browser.follow().outcome()).isEqualTo("OTHER_TENANT");
		assertThat(test(this.scene.connection.value())).isEqualTo("SAVE_CREDENTIAL");
	}

	@Test
	void takesAStateOnceAndOnlyItsOwn() {
		String link = ask();
		String state = parameter(this.browser.open(link).press("").leadsTo(), "state");
		String answer = "admin_consent=True&tenant=" + this.scene.tenant + "&state=";
		assertThat(new Browser().open(callback(answer + state)).outcome()).isEqualTo("OTHER_BROWSER");
		assertThat(this.browser.open(callback(answer + state + "A")).outcome()).isEqualTo("STATE_UNKNOWN");
		assertThat(this.browser.open(callback(answer)).outcome()).isEqualTo("STATE_UNKNOWN");
		assertThat(this.browser.open(callback(answer + link.substring(link.lastIndexOf('/') + 1))).outcome())
			.isEqualTo("STATE_UNKNOWN");
		assertThat(this.browser.open(signedIn("code=x&state=" + state)).outcome()).isEqualTo("STATE_UNKNOWN");
		this.browser.open(callback(answer + state));
		String second = parameter(this.browser.leadsTo(), "state");
		assertThat(this.browser.open(callback(answer + state)).outcome()).isEqualTo("STATE_UNKNOWN");
		assertThat(this.browser.open(callback(answer + second)).outcome()).isEqualTo("STATE_UNKNOWN");
	}

	@Test
	void showsWhoAsksBeforeAnyButtonWorks() {
		String link = ask();
		// As a page elsewhere would press it: the cookie does not come along.
		String elsewhere = this.connector.web()
			.post()
			.uri(java.net.URI.create(link))
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(elsewhere).contains("Ada &lt;Lovelace&gt;");
		this.browser.open(link);
		assertThat(this.browser.page().headers().firstValue("Set-Cookie").get()).contains("HttpOnly", "SameSite=Lax");
		assertThat(this.browser.page().headers().firstValue("Content-Security-Policy").get())
			.contains("frame-ancestors 'none'");
		assertThat(this.browser.page().headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
	}

	@Test
	void endsALinkThatIsWithdrawnExpiredOrOutdated() {
		String withdrawn = ask();
		String begun = this.browser.open(withdrawn).press("").leadsTo();
		String id = call("GET", path("/consents"), null, 200).get(0).path("id").asString();
		call("DELETE", "/api/connections/" + this.scene.connection + "-x/consents/" + id, null, 404);
		call("DELETE", path("/consents/" + id), null, 204);
		assertThat(this.browser.open(withdrawn).outcome()).isEqualTo("LINK_WITHDRAWN");
		this.browser.open(begun).press("ACCEPT").follow();
		assertThat(this.browser.outcome()).isIn("LINK_WITHDRAWN", "STATE_UNKNOWN");
		String expired = ask();
		ConsentRequests requests = this.connector.bean(ConsentRequests.class);
		Consent there = requests.of(this.scene.connection).getFirst();
		Instant past = there.askedAt().minusSeconds(1);
		assertThat(requests.replace(there,
				new Consent(there.id(), there.connection(), there.organization(), there.tenant(), there.clientId(),
						there.askedBy(), there.askedAt(), past, null, null, null, null, null)))
			.isTrue();
		assertThat(this.browser.open(expired).outcome()).isEqualTo("LINK_EXPIRED");
		assertThat(this.browser.open(expired + "A").outcome()).isEqualTo("LINK_UNKNOWN");
		String outdated = ask();
		Map<String, Object> moved = body(this.scene.connection.value(), "acme");
		moved.put("tenant", simulator().tenant(1));
		call("PUT", path(""), moved, 200);
		assertThat(this.browser.open(outdated).outcome()).isEqualTo("LINK_OUTDATED");
	}

	@Test
	void takesAConsentForNoOtherApplication() {
		throughAllPages(ask());
		Map<String, Object> changed = body(this.scene.connection.value(), "acme");
		changed.put("clientId", Simulator.APP);
		assertThat(call("PUT", path(""), changed, 400).path("detail").asString()).contains("another application");
		changed.put("clientSecret", Simulator.SECRET);
		assertThat(call("PUT", path(""), changed, 200).path("credential").asString()).isEqualTo("SECRET");
	}

	@Test
	void refusesALinkThatCannotWork() {
		assertThat(call("POST", path("/consents"), Map.of("askedBy", "Ada", "days", 31), 400).path("detail").asString())
			.contains("1 to 30 days");
		Map<String, Object> own = body(this.scene.connection + "-own", "acme");
		own.put("clientId", Simulator.APP);
		call("POST", "/api/connections", own, 201);
		call("POST", "/api/connections/" + this.scene.connection + "-own/consents", Map.of("askedBy", "Ada"), 409);
		Map<String, Object> named = body(this.scene.connection + "-named", "acme");
		named.put("tenant", "contoso.example");
		call("POST", "/api/connections", named, 201);
		call("POST", "/api/connections/" + this.scene.connection + "-named/consents", Map.of("askedBy", "Ada"), 400);
	}

	private void toSignIn(String link) {
		this.browser.open(link).press("").follow().press("ACCEPT").follow().follow();
	}

	private void throughAllPages(String link) {
		toSignIn(link);
		this.browser.press("ACCEPT").follow();
	}

	private String test(String id) {
		return call("POST", "/api/connections/" + id + "/test", null, 200).path("lines").get(0).path("cure").asString();
	}

	private String callback(String query) {
		return "http://127.0.0.1:" + this.connector.port() + "/consent/callback?" + query;
	}

	private String signedIn(String query) {
		return "http://127.0.0.1:" + this.connector.port() + "/consent/signed-in?" + query;
	}

	private static String parameter(String url, String name) {
		return url.replaceAll(".*[?&]" + name + "=([^&]*).*", "$1");
	}

	private String ask() {
		return ask(this.scene.connection.value());
	}

	private String ask(String connection) {
		return call("POST", "/api/connections/" + connection + "/consents", Map.of("askedBy", "Ada <Lovelace>"), 201)
			.path("link")
			.asString();
	}

	private JsonNode create(String id, String organization) {
		return call("POST", "/api/connections", body(id, organization), 201);
	}

	private Map<String, Object> body(String id, String organization) {
		return new LinkedHashMap<>(Map.of("id", id, "organization", organization, "name", "Acme", "tenant",
				this.scene.tenant, "clientId", Simulator.ROLLCALL_APP));
	}

	private String path(String more) {
		return "/api/connections/" + this.scene.connection + more;
	}

	private JsonNode call(String method, String path, Map<String, Object> body, int status) {
		WebTestClient.RequestBodySpec request = this.connector.web().method(HttpMethod.valueOf(method)).uri(path);
		if (path.endsWith("/test")) {
			request.accept(MediaType.APPLICATION_JSON);
		}
		String answer = ((body != null) ? request.bodyValue(body) : request).exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return JSON.readTree((answer != null && !answer.isBlank()) ? answer : "{}");
	}

}
