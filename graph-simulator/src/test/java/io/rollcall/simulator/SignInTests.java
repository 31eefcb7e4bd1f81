package io.rollcall.simulator;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A person signs in, and an app learns who it was. */
class SignInTests {

	private static final String BACK = "http://localhost/back";

	private static final JsonMapper JSON = new JsonMapper();

	private final Simulator tenant = Simulator.tenant(2);

	@BeforeEach
	void register() {
		this.tenant.control("PUT", "/apps/who", "{\"secret\":\"s\",\"redirectUris\":[\"" + BACK + "\"]}");
	}

	@Test
	void tellsByACodeWhoSignedInAndOnce() {
		String code = code("ACCEPT", "");
		JsonNode claims = claims(redeem(code, BACK));
		assertThat(claims.path("tid").asString()).isEqualTo(this.tenant.id());
		assertThat(claims.path("nonce").asString()).isEqualTo("n-1");
		assertThat(claims.path("aud").asString()).isEqualTo("who");
		assertThat(claims.path("wids").get(0).asString()).isEqualTo("62e90394-69f5-4237-9190-012177145e10");
		assertThat(redeem(code, BACK).statusCode()).isEqualTo(400);
		assertThat(redeem(code("ACCEPT", ""), "http://localhost/elsewhere").statusCode()).isEqualTo(400);
	}

	@Test
	void knowsWhoIsNoAdministratorAndWhoIsOfAnotherTenant() {
		assertThat(claims(redeem(code("SOMEBODY", ""), BACK)).path("wids")).isEmpty();
		String stranger = code("ACCEPT", "&answer_as=" + Simulator.tenant(1).id());
		assertThat(redeem(stranger, BACK).statusCode()).isEqualTo(400);
	}

	@Test
	void mayBeCancelledAndKeepsMistakesOnThePage() {
		assertThat(location("CANCEL", "")).startsWith(BACK + "?error=access_denied").contains("state=s+1");
		HttpResponse<byte[]> page = Simulator.raw("GET", url() + "?client_id=who&redirect_uri=http://evil.example/",
				null, Map.of());
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("AADSTS50011");
	}

	private String code(String decision, String more) {
		return location(decision, more).replaceAll(".*[?&]code=([^&]*).*", "$1");
	}

	private String location(String decision, String more) {
		HttpResponse<byte[]> answer = Simulator.raw("POST", url(),
				"client_id=who&state=s+1&nonce=n-1&redirect_uri=" + encode(BACK) + "&decision=" + decision + more,
				Map.of("Content-Type", "application/x-www-form-urlencoded"));
		return answer.headers().firstValue("Location").orElseThrow();
	}

	private String url() {
		return Simulator.url() + '/' + this.tenant.id() + "/oauth2/v2.0/authorize";
	}

	private HttpResponse<byte[]> redeem(String code, String back) {
		return Simulator
			.raw("POST", Simulator.url() + '/' + this.tenant.id() + "/oauth2/v2.0/token",
					"grant_type=authorization_code&scope=openid&client_id=who&client_secret=s&code=" + code
							+ "&redirect_uri=" + encode(back),
					Map.of("Content-Type", "application/x-www-form-urlencoded"));
	}

	private static JsonNode claims(HttpResponse<byte[]> answer) {
		String token = JSON.readTree(answer.body()).path("id_token").asString();
		return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
