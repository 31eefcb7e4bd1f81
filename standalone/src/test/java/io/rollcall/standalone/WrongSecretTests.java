package io.rollcall.standalone;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A secret that the tenant does not know: nothing is read, and the owner is told what to
 * do. The connection stays active, as a person wanted it, and goes on by itself when the
 * secret is right.
 */
class WrongSecretTests {

	@Test
	void tellsTheOwnerByMailAndInTheInboxAndGoesOnWithTheRightSecret() {
		try (RunningRollcall rollcall = RunningRollcall.startWithWrongSecret(20)) {
			JsonNode alert = rollcall.awaitAlert((each) -> each.path("severity").asString().equals("ERROR"));
			assertThat(alert.path("body").asString()).containsIgnoringCase("secret");
			assertThat(rollcall.awaitMail((mail) -> mail.text().toLowerCase().contains("secret")).to())
				.containsExactly("Olivia Owner <owner@contoso.example>");
			JsonNode connection = Rest.items(Rest.get(rollcall.connector().resolve("/api/connections"))).getFirst();
			assertThat(connection.path("status").asString()).isEqualTo("ACTIVE");
			assertThat(connection.path("problem").path("code").asString()).isEqualTo("CREDENTIAL_REJECTED");
			assertThat(rollcall.accounts()).isEmpty();
			rollcall.tenant().app("{\"secret\":\"not-the-secret\"}");
			rollcall.awaitTruth();
			rollcall.awaitAlert((each) -> each.path("type").asString().equals("ConnectionRecovered"));
		}
	}

}
