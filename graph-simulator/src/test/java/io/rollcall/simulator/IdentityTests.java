package io.rollcall.simulator;

import io.rollcall.simulator.Simulator.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tokens, what is wrong with credentials, and what an app may not do. */
class IdentityTests {

	private static final String APP = "99999999-0000-4000-8000-000000000001";

	private final Simulator tenant = Simulator.tenant(20);

	@Test
	void aTokenHasTheShapeOfTheSample() {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\"}");
		Answer token = this.tenant.token(APP, "s", "https://graph.microsoft.com/.default");
		assertThat(token.json().propertyNames()).containsAll(Simulator.sample("token-response").propertyNames());
		assertThat(token.json().path("expires_in").asInt()).isEqualTo(3599);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"secret\":\"other\"}|7000215|401|invalid_client",
			"{\"secretExpired\":true}|7000222|401|invalid_client", "{\"consented\":false}|65001|400|invalid_grant" })
	void saysWhatIsWrongWithTheCredentials(String change, int code, int status, String error) {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\"}");
		this.tenant.control("PUT", "/apps/" + APP, change);
		Answer refused = this.tenant.token(APP, "s");
		assertThat(refused.status()).isEqualTo(status);
		assertThat(refused.json().path("error").asString()).isEqualTo(error);
		assertThat(refused.json().path("error_codes").get(0).asInt()).isEqualTo(code);
		assertThat(refused.json().path("error_description").asString()).startsWith("AADSTS" + code + ":");
		assertThat(refused.json().propertyNames())
			.containsAll(Simulator.sample("token-error-invalid-scope").propertyNames());
	}

	@Test
	void doesNotKnowStrangers() {
		assertThat(this.tenant.token("nobody", "s").json().path("error_codes").get(0).asInt()).isEqualTo(700016);
		assertThat(this.tenant.token(APP, "s", "https://graph.microsoft.com/User.Read").status()).isEqualTo(400);
		Answer elsewhere = this.tenant.call("POST", Simulator.url() + "/nowhere.example/oauth2/v2.0/token",
				"grant_type=client_credentials&client_id=x", "Content-Type", "application/x-www-form-urlencoded");
		assertThat(elsewhere.json().path("error_codes").get(0).asInt()).isEqualTo(90002);
	}

	@Test
	void graphDemandsALiveToken() {
		assertThat(this.tenant.get("/users/delta").status()).isEqualTo(200);
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\",\"tokenSeconds\":1}");
		this.tenant.use(this.tenant.token(APP, "s").json().path("access_token").asString());
		await().untilAsserted(() -> assertThat(this.tenant.get("/users/delta").status()).isEqualTo(401));
		Answer expired = this.tenant.get("/users/delta");
		assertThat(expired.error()).isEqualTo("InvalidAuthenticationToken");
		this.tenant.use("nonsense");
		assertThat(this.tenant.get("/users/delta").status()).isEqualTo(401);
		assertThat(Simulator.raw("GET", Simulator.url() + "/v1.0/users", null, java.util.Map.of()).statusCode())
			.isEqualTo(401);
	}

	@Test
	void aTokenWithAForeignSignatureIsRefused() {
		String[] mine = this.tenant.bearer().split("\\.");
		String[] theirs = Simulator.tenant(5).bearer().split("\\.");
		this.tenant.use(theirs[0] + '.' + theirs[1] + '.' + mine[2]);
		assertThat(this.tenant.get("/users").status()).isEqualTo(401);
	}

	@Test
	void aMissingPermissionIsDeniedFromTheNextCallOn() {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\"}");
		this.tenant.use(this.tenant.token(APP, "s").json().path("access_token").asString());
		assertThat(this.tenant.get("/groups/delta").status()).isEqualTo(200);
		this.tenant.control("PUT", "/apps/" + APP, "{\"permissions\":[\"User.Read.All\"]}");
		Answer denied = this.tenant.get("/groups/delta");
		assertThat(denied.status()).isEqualTo(403);
		assertThat(denied.json().at("/error/code")).isEqualTo(Simulator.sample("error-403").at("/error/code"));
		assertThat(this.tenant.get("/users/delta").status()).isEqualTo(200);
		assertThat(this.tenant.get("/organization").status()).isEqualTo(200);
	}

	@Test
	void aTokenOpensOnlyItsOwnTenant() {
		Simulator other = Simulator.tenant(5);
		other.use(this.tenant.bearer());
		assertThat(other.get("/organization").json().at("/value/0/id").asString()).isEqualTo(this.tenant.id());
	}

}
