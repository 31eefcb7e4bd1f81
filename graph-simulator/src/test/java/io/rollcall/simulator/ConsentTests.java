package io.rollcall.simulator;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Admin consent, by a click and without one. */
class ConsentTests {

	private final String app = UUID.randomUUID().toString();

	private static final String BACK = "http://localhost/myapp/permissions";

	private static final String DEFAULT = "https://graph.microsoft.com/.default";

	/** Where the app is registered. */
	private final Simulator vendor = Simulator.tenant(5);

	/** Who gives it consent. */
	private final Simulator customer = Simulator.tenant(5);

	@BeforeEach
	void register() {
		this.vendor.control("PUT", "/apps/" + this.app,
				"""
						{"displayName":"Roll <call>","secret":"shared","multiTenant":true,"redirectUris":["%s"],"requested":["User.Read.All","GroupMember.Read.All"]}"""
					.formatted(BACK));
	}

	@Test
	void thePageSaysWhoWantsWhat() {
		HttpResponse<byte[]> page = open(2, this.customer.id(), this.app, BACK, "a<b", DEFAULT);
		String html = new String(page.body(), StandardCharsets.UTF_8);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
		assertThat(html).contains("Roll &lt;call&gt;", "<li>User.Read.All</li>", "<li>GroupMember.Read.All</li>",
				"value=\"a&lt;b\"", "id=\"accept\"", "id=\"cancel\"", "id=\"fail\"");
		assertThat(html).contains("<option value=\"" + this.customer.id() + "\" selected>");
	}

	@Test
	void anAcceptedConsentOpensTheTenantForTheAppsOwnSecret() {
		assertThat(this.customer.token(this.app, "shared").json().path("error_codes").get(0).asInt()).isEqualTo(700016);
		String location = click(2, this.customer.id(), "ACCEPT", Map.of());
		Map<String, String> back = parameters(location);
		assertThat(location).startsWith(BACK + "?");
		assertThat(back.keySet()).containsExactlyElementsOf(parameters(sample("v2_success")).keySet());
		assertThat(back).containsEntry("admin_consent", "True")
			.containsEntry("tenant", this.customer.id())
			.containsEntry("scope", DEFAULT)
			.containsEntry("state", "12 3+45&x=é");
		this.customer.use(this.customer.token(this.app, "shared").json().path("access_token").asString());
		assertThat(roles(this.customer.bearer())).containsExactly("GroupMember.Read.All", "User.Read.All");
		assertThat(this.customer.get("/users/delta").status()).isEqualTo(200);
		assertThat(this.customer.get("/directory/administrativeUnits/delta").status()).isEqualTo(403);
	}

	@Test
	void aNewPermissionNeedsConsentAnewAndANewToken() {
		click(2, this.customer.id(), "ACCEPT", Map.of());
		String before = this.customer.token(this.app, "shared").json().path("access_token").asString();
		this.vendor.control("PUT", "/apps/" + this.app,
				"{\"requested\":[\"User.Read.All\",\"AdministrativeUnit.Read.All\"],\"secret\":\"newer\"}");
		this.customer.use(this.customer.token(this.app, "newer").json().path("access_token").asString());
		assertThat(this.customer.get("/directory/administrativeUnits/delta").status()).isEqualTo(403);
		click(2, this.customer.id(), "ACCEPT", Map.of());
		assertThat(this.customer.get("/directory/administrativeUnits/delta").status()).isEqualTo(403);
		this.customer.use(this.customer.token(this.app, "newer").json().path("access_token").asString());
		assertThat(this.customer.get("/directory/administrativeUnits/delta").status()).isEqualTo(200);
		this.customer.use(before);
		assertThat(this.customer.get("/groups/delta").status()).isEqualTo(403);
	}

	@Test
	void anAppThatIsGoneFromItsHomeIsGoneEverywhere() {
		click(2, this.customer.id(), "ACCEPT", Map.of());
		assertThat(this.customer.token(this.app, "shared").status()).isEqualTo(200);
		this.vendor.control("DELETE", "/apps/" + this.app, null);
		assertThat(this.customer.token(this.app, "shared").json().path("error_codes").get(0).asInt()).isEqualTo(700016);
	}

	@Test
	void theFirstVersionAnswersInItsOwnOrder() {
		Map<String, String> back = parameters(click(1, this.customer.id(), "ACCEPT", Map.of()));
		assertThat(back.keySet()).containsExactlyElementsOf(parameters(sample("v1_success")).keySet());
		assertThat(back).containsEntry("tenant", this.customer.id()).containsEntry("admin_consent", "True");
		assertThat(click(1, this.customer.id(), "CANCEL", Map.of())).isEqualTo(sample("v1_error"));
	}

	@Test
	void aCancelledConsentSaysAdminConsentTrueAsWell() {
		String location = click(2, this.customer.id(), "CANCEL", Map.of());
		Map<String, String> back = parameters(location);
		Map<String, String> expected = parameters(sample("v2_error"));
		assertThat(back.keySet()).containsExactlyElementsOf(expected.keySet());
		assertThat(back).containsEntry("admin_consent", "True")
			.containsEntry("error", "consent_required")
			.containsEntry("state", "12 3+45&x=é");
		assertThat(shape(back.get("error_description"))).isEqualTo(shape(expected.get("error_description")));
		assertThat(location).contains("AADSTS65004%3a+The+resource+owner");
		assertThat(this.customer.token(this.app, "shared").status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "90094", "650052", "53003", "16000" })
	void theConsentPageFailsByANumber(int code) {
		Map<String, String> back = parameters(
				click(2, this.customer.id(), "ERROR", Map.of("code", String.valueOf(code))));
		assertThat(back.get("error_description")).startsWith("AADSTS" + code + ": ");
		assertThat(back).containsKeys("error", "state", "admin_consent");
	}

	@Test
	void anotherTenantMayAnswerThanTheOneAskedFor() {
		Simulator stranger = Simulator.tenant(5);
		Map<String, String> back = parameters(
				click(2, this.customer.id(), "ACCEPT", Map.of("answer_as", stranger.id())));
		assertThat(back).containsEntry("tenant", stranger.id());
		assertThat(stranger.token(this.app, "shared").status()).isEqualTo(200);
		assertThat(this.customer.token(this.app, "shared").status()).isEqualTo(400);
		assertThat(parameters(click(2, "organizations", "ACCEPT", Map.of("answer_as", this.customer.id()))))
			.containsEntry("tenant", this.customer.id());
	}

	@Test
	void aScriptDecidesInPlaceOfAPerson() {
		script("{\"decision\":\"ACCEPT\",\"state\":\"forged\"}");
		assertThat(parameters(redirect(open(2, this.customer.id(), this.app, BACK, "mine", DEFAULT))))
			.containsEntry("state", "forged")
			.containsEntry("tenant", this.customer.id());
		script("{\"decision\":\"ERROR\",\"code\":90094,\"adminConsent\":false,\"state\":\"\"}");
		assertThat(parameters(redirect(open(2, this.customer.id(), this.app, BACK, "mine", DEFAULT))).keySet())
			.containsExactly("error", "error_description");
		script("{\"decision\":\"CANCEL\",\"adminConsent\":true}");
		assertThat(parameters(redirect(open(1, this.customer.id(), this.app, BACK, "mine", ""))))
			.containsEntry("admin_consent", "True")
			.containsEntry("error", "permission_denied");
		script("{\"decision\":\"PAGE\"}");
		assertThat(open(2, this.customer.id(), this.app, BACK, "mine", DEFAULT).statusCode()).isEqualTo(200);
		assertThat(this.customer.control("PUT", "/consent", "{\"code\":1}").status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "2|nowhere.example|%s|http://localhost/myapp/permissions|.default|90002",
					"2|organizations|nobody|http://localhost/myapp/permissions|.default|700016",
					"2|organizations|%s|http://evil.example/|.default|50011", "2|organizations|%s||.default|900971",
					"2|organizations|%s|http://localhost/myapp/permissions||900144",
					"2|common|%s|http://localhost/myapp/permissions|.default|90019" })
	void whatCannotBeToldToTheCallerStaysOnThePage(int version, String tenantName, String appId, String back,
			String scope, int code) {
		HttpResponse<byte[]> page = open(version, tenantName, appId.formatted(this.app), (back != null) ? back : "",
				"s", (scope != null) ? scope : "");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("AADSTS" + code + ":");
	}

	@Test
	void anAppOfTheTenantItselfGetsConsentToo() {
		this.customer.control("PUT", "/apps/own", "{\"secret\":\"s\",\"consented\":false,\"permissions\":[]}");
		assertThat(this.customer.token("own", "s").json().path("error_codes").get(0).asInt()).isEqualTo(65001);
		script("{\"decision\":\"ACCEPT\"}");
		redirect(open(1, this.customer.id(), "own", BACK, "s", ""));
		assertThat(this.customer.token("own", "s").status()).isEqualTo(200);
		assertThat(open(1, this.vendor.id(), "own", BACK, "s", "").statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://graph.microsoft.com/Calendars.Read https://graph.microsoft.com/Mail.Send" })
	void singleScopesGrantNoApplicationPermission(String scope) {
		script("{\"decision\":\"ACCEPT\"}");
		assertThat(parameters(redirect(open(2, this.customer.id(), this.app, BACK, "s", scope)))).containsEntry("scope",
				scope);
		this.customer.use(this.customer.token(this.app, "shared").json().path("access_token").asString());
		assertThat(roles(this.customer.bearer())).isEmpty();
		assertThat(this.customer.get("/users").status()).isEqualTo(403);
	}

	private void script(String script) {
		assertThat(this.customer.control("PUT", "/consent", script).status()).isEqualTo(204);
	}

	private static HttpResponse<byte[]> open(int version, String tenantName, String appId, String back, String state,
			String scope) {
		return Simulator.raw("GET",
				Simulator.url() + '/' + tenantName + ((version == 2) ? "/v2.0" : "") + "/adminconsent?client_id="
						+ appId + "&redirect_uri=" + encode(back) + "&state=" + encode(state)
						+ (scope.isEmpty() ? "" : "&scope=" + encode(scope)),
				null, Map.of());
	}

	/** Clicks a button of the page, with the fields that the page has. */
	private String click(int version, String tenantName, String decision, Map<String, String> choices) {
		HttpResponse<byte[]> page = open(version, tenantName, this.app, BACK, "12 3+45&x=é",
				(version == 2) ? DEFAULT : "");
		String html = new String(page.body(), StandardCharsets.UTF_8);
		Map<String, String> fields = new LinkedHashMap<>();
		Matcher hidden = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">").matcher(html);
		while (hidden.find()) {
			fields.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
		}
		Matcher selected = Pattern.compile("name=\"answer_as\".*?<option value=\"([^\"]*)\" selected", Pattern.DOTALL)
			.matcher(html);
		if (selected.find()) {
			fields.put("answer_as", selected.group(1));
		}
		fields.putAll(choices);
		fields.put("decision", decision);
		List<String> form = new ArrayList<>();
		fields.forEach((name, value) -> form.add(name + '=' + encode(value)));
		return redirect(Simulator.raw("POST", page.uri().toString(), String.join("&", form),
				Map.of("Content-Type", "application/x-www-form-urlencoded")));
	}

	private static String redirect(HttpResponse<byte[]> response) {
		assertThat(response.statusCode()).as(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(302);
		return response.headers().firstValue("Location").orElseThrow();
	}

	private static Map<String, String> parameters(String location) {
		Map<String, String> parameters = new LinkedHashMap<>();
		Arrays.stream(URI.create(location.replace(" ", "%20")).getRawQuery().split("&")).forEach((pair) -> {
			int equals = pair.indexOf('=');
			parameters.put(pair.substring(0, equals),
					URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
		});
		return parameters;
	}

	/** Without ids and times. */
	private static String shape(String description) {
		return description.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("\\d{4}-\\d\\d-\\d\\d.*", "TIME");
	}

	private static List<String> roles(String token) {
		List<String> roles = new ArrayList<>();
		new JsonMapper().readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]))
			.path("roles")
			.forEach((role) -> roles.add(role.asString()));
		return roles;
	}

	private static String sample(String name) {
		return Simulator.sample("adminconsent-redirects").path(name).asString();
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
