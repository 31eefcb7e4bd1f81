package io.rollcall.standalone;

import java.net.URI;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** All of it in one JVM, from the tenant to the inbox and the console. */
class RunningRollcallTests {

	private static RunningRollcall rollcall;

	@BeforeAll
	static void start() {
		rollcall = RunningRollcall.start(60);
		rollcall.awaitFirstSync();
	}

	@AfterAll
	static void stop() {
		if (rollcall != null) {
			rollcall.close();
		}
	}

	@Test
	void aHireArrivesInTheInbox() {
		rollcall.tenant().act("hire Ada Lovelace");
		assertThat(rollcall.awaitAlert((alert) -> alert.path("title").asString().contains("Ada Lovelace"))
			.path("type")
			.asString()).isEqualTo("AccountChanged.CREATED");
	}

	@Test
	void aRenameArrivesInTheAccount() {
		String person = rollcall.tenant().actOn("rename user:3 \"Grace Hopper\"");
		assertThat(rollcall.awaitAccount((account) -> account.toString().contains("Grace Hopper")).toString())
			.contains(person);
	}

	@Test
	void theFirstSyncIsToldByMail() {
		assertThat(rollcall.awaitMail((mail) -> mail.subject().contains("sync finished")).to())
			.containsExactly("Olivia Owner <owner@contoso.example>");
	}

	@Test
	void theConsoleLeadsToEveryService() {
		URI console = rollcall.console();
		for (String service : new String[] { "connector", "reconciler", "notifier" }) {
			assertThat(
					Rest.get(console.resolve("/" + service + "/actuator/health/readiness")).path("status").asString())
				.as(service)
				.isEqualTo("UP");
		}
		assertThat(Rest.items(Rest.get(console.resolve("/connector/api/connections")))).hasSize(1);
	}

}
