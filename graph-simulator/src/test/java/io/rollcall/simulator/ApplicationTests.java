package io.rollcall.simulator;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.simulator.Simulator.Answer;
import io.rollcall.simulator.control.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What an app may read about itself, and what each permission opens. */
class ApplicationTests {

	private static final String APP = "99999999-0000-4000-8000-000000000004";

	private static final String DEFAULT = World.DEFAULT_APP;

	private final Simulator tenant = Simulator.tenant(20);

	@Test
	void tellsWhenSecretsAndCertificatesEnd() {
		OwnCertificate certificate = OwnCertificate.create();
		this.tenant.control("PUT", "/apps/" + APP,
				"""
						{"secrets":[{"value":"old-one","endDateTime":"2026-12-24T00:00:00Z"},{"value":"new-one"}],"certificates":["%s"],"permissions":["Application.Read.All"]}"""
					.formatted(certificate.pem()));
		signIn("new-one");
		Answer read = this.tenant
			.get("/applications(appId='" + APP + "')?$select=appId,passwordCredentials,keyCredentials");
		assertThat(read.status()).isEqualTo(200);
		assertThat(read.json().propertyNames()).containsExactlyInAnyOrder("@odata.context", "appId", "keyCredentials",
				"passwordCredentials");
		JsonNode old = read.json().at("/passwordCredentials/0");
		assertThat(old.path("endDateTime").asString()).isEqualTo("2026-12-24T00:00:00Z");
		assertThat(old.path("hint").asString()).isEqualTo("old");
		assertThat(old.path("secretText").isNull()).isTrue();
		assertThat(old.propertyNames())
			.containsExactlyInAnyOrderElementsOf(Simulator.sample("application-addpassword-response").propertyNames());
		assertThat(read.json().at("/passwordCredentials/1/keyId").asString())
			.isNotEqualTo(old.path("keyId").asString());
		assertThat(read.json().at("/keyCredentials/0/endDateTime").asString())
			.isEqualTo(certificate.certificate().getNotAfter().toInstant().toString());
	}

	@Test
	void theObjectLooksAsTheSampleAndIsFoundInThreeWays() {
		Answer byAppId = this.tenant.get("/applications(appId='" + DEFAULT + "')");
		assertThat(Simulator.sample("application-get-credentials").propertyNames())
			.containsAll(byAppId.json().propertyNames());
		String id = byAppId.json().path("id").asString();
		assertThat(id).isNotEqualTo(DEFAULT);
		assertThat(this.tenant.get("/applications/" + id).json().path("appId").asString()).isEqualTo(DEFAULT);
		assertThat(
				this.tenant.get("/applications?$filter=appId eq '" + DEFAULT + "'").json().at("/value/0/id").asString())
			.isEqualTo(id);
		assertThat(this.tenant.get("/applications(appId='nobody')").status()).isEqualTo(404);
	}

	@Test
	void aSecretIsReplacedWithoutAGap() {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secrets\":[{\"value\":\"a\"},{\"value\":\"b\"}]}");
		assertThat(this.tenant.token(APP, "a").status()).isEqualTo(200);
		assertThat(this.tenant.token(APP, "b").status()).isEqualTo(200);
		this.tenant.control("PUT", "/apps/" + APP,
				"{\"secrets\":[{\"value\":\"a\",\"endDateTime\":\"2020-01-01T00:00:00Z\"},{\"value\":\"b\"}]}");
		assertThat(this.tenant.token(APP, "a").json().path("error_codes").get(0).asInt()).isEqualTo(7000222);
		assertThat(this.tenant.token(APP, "b").status()).isEqualTo(200);
	}

	@Test
	void theApplicationIsInItsHomeTenantOnly() {
		String shared = java.util.UUID.randomUUID().toString();
		Simulator customer = Simulator.tenant(5);
		this.tenant.control("PUT", "/apps/" + shared, "{\"multiTenant\":true}");
		customer.control("PUT", "/consent", "{\"decision\":\"ACCEPT\"}");
		Simulator.raw("GET",
				Simulator.url() + '/' + customer.id() + "/adminconsent?redirect_uri=http://x/&client_id=" + shared,
				null, java.util.Map.of());
		assertThat(customer.token(shared, "simulator-secret").status()).isEqualTo(200);
		assertThat(customer.get("/applications(appId='" + shared + "')").status()).isEqualTo(404);
		assertThat(this.tenant.get("/applications(appId='" + shared + "')").status()).isEqualTo(200);
	}

	@Test
	void aDisabledAppGetsNoToken() {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\",\"disabled\":true}");
		assertThat(this.tenant.token(APP, "s").json().path("error_codes").get(0).asInt()).isEqualTo(7000112);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "User.Read.All|/users,/users/delta,/deletedUsers,/organization,+users",
			"GroupMember.Read.All|/groups,/groups/delta", "Group.Read.All|/groups,/groups/delta,/deletedGroups,+groups",
			"AdministrativeUnit.Read.All|/units,/units/delta,/deletedUnits", "Organization.Read.All|/organization",
			"Application.Read.All|/applications", "Member.Read.Hidden|" })
	void aPermissionOpensItsDoorsAndNoOther(String permission, String doors) {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\",\"permissions\":[\"%s\"]}".formatted(permission));
		signIn("s");
		List<String> open = new ArrayList<>();
		for (String door : List.of("/users", "/users/delta", "/groups", "/groups/delta", "/units", "/units/delta",
				"/deletedUsers", "/deletedGroups", "/deletedUnits", "/organization", "/applications", "+users",
				"+groups")) {
			Answer answer = door.startsWith("+") ? subscribe(door.substring(1)) : this.tenant.get(path(door));
			if (answer.status() != 403) {
				open.add(door);
			}
			else {
				assertThat(answer.error()).isEqualTo("Authorization_RequestDenied");
			}
		}
		assertThat(open).containsExactlyInAnyOrder((doors != null) ? doors.split(",") : new String[0]);
	}

	@Test
	void membersOfAKindThatMayNotBeReadAreThin() {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\",\"permissions\":[\"GroupMember.Read.All\"]}");
		signIn("s");
		String group = this.tenant.act("group Thin\njoin user:1 @last\n").getFirst();
		JsonNode member = this.tenant.get("/groups/" + group + "/members").json().path("value").get(0);
		assertThat(member.propertyNames()).containsExactlyInAnyOrder("@odata.type", "id");
	}

	private static String path(String door) {
		return door.replace("/units", "/directory/administrativeUnits")
			.replace("/deletedUsers", "/directory/deletedItems/microsoft.graph.user")
			.replace("/deletedGroups", "/directory/deletedItems/microsoft.graph.group")
			.replace("/deletedUnits", "/directory/deletedItems/microsoft.graph.administrativeUnit");
	}

	private Answer subscribe(String resource) {
		return this.tenant.call("POST", "/subscriptions",
				"""
						{"changeType":"updated","notificationUrl":"https://127.0.0.1:1/hook","resource":"%s","expirationDateTime":"2099-01-01T00:00:00Z"}"""
					.formatted(resource));
	}

	private void signIn(String secret) {
		this.tenant.use(this.tenant.token(APP, secret).json().path("access_token").asString());
	}

}
