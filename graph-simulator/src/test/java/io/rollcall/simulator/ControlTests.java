package io.rollcall.simulator;

import java.util.List;

import io.rollcall.simulator.Simulator.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a test or a person can direct. */
class ControlTests {

	private final Simulator tenant = Simulator.tenant(200);

	@Test
	void everyActOfTheReadmeHappens() {
		List<String> ids = this.tenant.act("""
				# a day in a company
				hire Ada Lovelace department="Research & Development"
				rename @last "Augusta Ada King"
				set @last extensionAttribute3 blue
				clear @last jobTitle
				move @last Finance     # department
				disable @last
				enable @last
				group "Project X" type=security
				unit Mars
				join user:3 "Project X"
				leave @random "Project X"
				nest group:4 "Project X"
				unnest group:4 "Project X"
				join user:3 Mars
				manager user:5 user:2
				manager user:5 none
				delete user:7
				restore user:7
				delete user:8
				purge @deleted
				life
				""");
		assertThat(ids).hasSize(21);
		JsonNode ada = this.tenant
			.get("/users/" + ids.getFirst()
					+ "?$select=displayName,department,jobTitle,accountEnabled,onPremisesExtensionAttributes")
			.json();
		assertThat(ada.path("displayName").asString()).isEqualTo("Augusta Ada King");
		assertThat(ada.path("department").asString()).isEqualTo("Finance");
		assertThat(ada.path("accountEnabled").asBoolean()).isTrue();
		assertThat(ada.at("/onPremisesExtensionAttributes/extensionAttribute3").asString()).isEqualTo("blue");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dance @random", "rename nobody@nowhere.example X", "set user:1 shoeSize 43", "hire",
			"restore user:1", "join user:1", "every now life", "at fast life", "delete user:9999" })
	void aLineThatCannotBeSaysWhy(String line) {
		Answer refused = this.tenant.control("POST", "/acts", line);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		assertThat(refused.json().path("detail").asString()).contains(line);
	}

	@Test
	void linesGoOnUntilTheyAreStopped() {
		this.tenant.control("POST", "/acts",
				"at 200/s life\nevery 10ms rename @random \"Somebody Else\"\nafter 20ms delete user:1");
		await().until(() -> this.tenant.control("GET", "/stats", null).json().path("acts").asInt() > 40);
		assertThat(this.tenant.control("GET", "/schedules", null).json().size()).isEqualTo(3);
		assertThat(this.tenant.control("DELETE", "/schedules", null).status()).isEqualTo(204);
		assertThat(this.tenant.control("GET", "/schedules", null).json().size()).isZero();
	}

	@Test
	void theSameLifeGivesTheSameTruth() {
		Simulator one = Simulator.tenant(
				"{\"users\":200,\"seed\":77,\"id\":\"00000000-0000-4000-8000-00000000aaaa\",\"domain\":\"a.example\"}");
		Simulator two = Simulator.tenant(
				"{\"users\":200,\"seed\":77,\"id\":\"00000000-0000-4000-8000-00000000bbbb\",\"domain\":\"b.example\"}");
		String life = "life\n".repeat(300);
		assertThat(one.act(life)).isEqualTo(two.act(life));
		assertThat(one.truth("membership")).isEqualTo(two.truth("membership"));
	}

	@Test
	void whatIsUnknownIs404AndWhatIsWrongIs400() {
		assertThat(this.tenant.control("DELETE", "/faults/none", null).status()).isEqualTo(404);
		assertThat(this.tenant.control("POST", "/faults", "{\"kind\":\"FLOOD\"}").json().path("detail").asString())
			.contains("THROTTLED");
		assertThat(this.tenant.control("POST", "/faults", "{").status()).isEqualTo(400);
		assertThat(this.tenant.call("POST", Simulator.url() + "/control/tenants", "{\"users\":-1}").status())
			.isEqualTo(400);
		assertThat(this.tenant
			.call("POST", Simulator.url() + "/control/tenants", "{\"id\":\"%s\"}".formatted(this.tenant.id()))
			.status()).isEqualTo(409);
	}

	@Test
	void aTenantEndsWithAllThatBelongsToIt() {
		assertThat(this.tenant.call("DELETE", Simulator.url() + "/control/tenants/" + this.tenant.id(), null).status())
			.isEqualTo(204);
		assertThat(this.tenant.get("/users").status()).isEqualTo(401);
	}

}
