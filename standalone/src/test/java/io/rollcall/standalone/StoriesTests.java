package io.rollcall.standalone;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to people in the tenant, told from Graph to the account, the change log
 * and the inbox.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoriesTests {

	private static final int PEOPLE = 1000;

	private static RunningRollcall rollcall;

	private static ChangeLog changes;

	@BeforeAll
	static void start() {
		rollcall = RunningRollcall.start(PEOPLE);
		rollcall.awaitFirstSync();
		changes = new ChangeLog(RealServices.kafkaBrokers());
	}

	@AfterAll
	static void stop() {
		if (changes != null) {
			changes.close();
		}
		if (rollcall != null) {
			rollcall.close();
		}
	}

	@Test
	@Order(1)
	void everybodyWhoIsInScopeHasAnAccountAfterTheFirstSync() {
		rollcall.awaitTruth();
		assertThat(everyAccount().stream().filter((account) -> is(account, "status", "ACTIVE")))
			.hasSizeBetween(PEOPLE * 8 / 10, PEOPLE);
	}

	@Test
	void aRenameIsSeenInTheAccountTheChangeLogAndTheInbox() {
		String user = rollcall.tenant().actOn("hire Ada Byron");
		rollcall.awaitAlert(titled("Ada Byron"));
		rollcall.tenant().act("rename %s \"Ada Lovelace\"".formatted(user));
		JsonNode alert = rollcall.awaitAlert(titled("Ada Byron is now Ada Lovelace"));
		ChangeLog.Entry change = changes.await((entry) -> entry.tells("UPDATED", "Ada Lovelace"));
		assertThat(alert.path("id").asString()).endsWith(change.id());
		assertThat(account(user).path("name").asString()).isEqualTo("Ada Lovelace");
		assertThat(account(user).path("fields").path("surname").asString()).isEqualTo("Lovelace");
	}

	@Test
	void aHireGetsAnAccount() {
		String user = rollcall.tenant().actOn("hire Grace Hopper");
		ChangeLog.Entry hired = changes.await((entry) -> entry.tells("CREATED", "Grace Hopper"));
		assertThat(hired.value().path("version").asLong()).isEqualTo(1);
		assertThat(account(user).path("status").asString()).isEqualTo("ACTIVE");
		rollcall.awaitAlert(titled("Grace Hopper"));
	}

	@Test
	void whoIsDeletedIsDeactivatedAndWhoIsRestoredIsReactivated() {
		String user = rollcall.tenant().actOn("hire Katherine Johnson");
		String account = awaitAccount(user, "ACTIVE").path("id").asString();
		rollcall.tenant().act("delete " + user);
		ChangeLog.Entry deactivated = changes
			.await((entry) -> entry.what().equals("DEACTIVATED") && entry.subject().equals(account));
		assertThat(deactivated.value().path("cause").path("reason").path("code").asString()).isEqualTo("DELETED");
		awaitAccount(user, "DEACTIVATED");
		rollcall.tenant().act("restore " + user);
		changes.await((entry) -> entry.what().equals("REACTIVATED") && entry.subject().equals(account));
		assertThat(awaitAccount(user, "ACTIVE").path("id").asString()).isEqualTo(account);
	}

	@Test
	void whoJoinsAGroupIsAMemberOfItsTeam() {
		String group = rollcall.tenant().actOn("group \"Deep Sea Divers\"");
		String user = rollcall.tenant().actOn("hire Jacques Cousteau");
		awaitAccount(user, "ACTIVE");
		rollcall.tenant().act("join %s %s".formatted(user, group));
		ChangeLog.Entry joined = changes.await((entry) -> entry.value()
			.path("joined")
			.valueStream()
			.anyMatch((team) -> is(team, "name", "Deep Sea Divers")));
		assertThat(joined.value().path("name").asString()).isEqualTo("Jacques Cousteau");
		assertThat(account(user).path("teams").valueStream().map((team) -> team.path("name").asString()))
			.containsExactly("Deep Sea Divers");
		rollcall.awaitAlert(titled("Jacques Cousteau joined Deep Sea Divers"));
	}

	@Test
	void aClearedAttributeBecomesEmpty() {
		String user = rollcall.tenant().actOn("hire Rosalind Franklin");
		assertThat(awaitAccount(user, "ACTIVE").path("fields").path("givenName").asString()).isEqualTo("Rosalind");
		rollcall.tenant().act("clear %s givenName".formatted(user));
		ChangeLog.Entry change = changes.await((entry) -> entry.tells("UPDATED", "Rosalind Franklin"));
		assertThat(change.value().path("fields").get(0).path("from").asString()).isEqualTo("Rosalind");
		assertThat(change.value().path("fields").get(0).has("to")).isFalse();
		assertThat(account(user).path("fields").has("givenName")).isFalse();
	}

	@Test
	void rulesThatMapWhatWasNeverReadHaveItRead() {
		String user = rollcall.tenant().actOn("hire Hedy Lamarr");
		awaitAccount(user, "ACTIVE");
		rollcall.tenant().act("set %s extensionAttribute7 FH-1942".formatted(user));
		rollcall.tenant().act("set %s businessPhones \"+43 1 5, +43 1 6\"".formatted(user));
		URI path = rollcall.reconciler().resolve("/api/connections/" + RunningRollcall.CONNECTION + "/rules");
		ObjectNode rules = (ObjectNode) Rest.get(path).path("rules");
		((ObjectNode) rules.at("/mapping/fields")).setAll((ObjectNode) JsonMapper.shared().readTree("""
				{"costCenter": {"from": "split(onPremisesExtensionAttributes.extensionAttribute7, '-', 2)",
				                "whenEmpty": "CLEAR"},
				 "phone": {"from": "firstOf(businessPhones)", "whenEmpty": "KEEP"}}
				"""));
		Rest.put(path, rules.put("by", "olga").toString());
		JsonNode fields = Awaitility.await("what was never read")
			.atMost(Duration.ofSeconds(120))
			.until(() -> account(user).path("fields"), (found) -> found.has("costCenter") && found.has("phone"));
		assertThat(fields.path("costCenter").asString()).isEqualTo("1942");
		assertThat(fields.path("phone").asString()).isEqualTo("+43 1 5");
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void noChangeWasPublishedTwiceAndAllIsAsInTheTenant() {
		assertThat(changes.whole()).extracting(ChangeLog.Entry::id).doesNotHaveDuplicates();
		rollcall.awaitTruth();
	}

	private static JsonNode account(String user) {
		return everyAccount().stream().filter((account) -> is(account, "object", user)).findFirst().orElseThrow();
	}

	private static JsonNode awaitAccount(String user, String status) {
		return Awaitility.await("account of " + user + " is " + status)
			.atMost(Duration.ofSeconds(120))
			.pollInterval(Duration.ofMillis(300))
			.until(() -> everyAccount().stream()
				.filter((account) -> is(account, "object", user) && is(account, "status", status))
				.findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private static List<JsonNode> everyAccount() {
		return rollcall.every("accounts");
	}

	private static Predicate<JsonNode> titled(String words) {
		return (alert) -> alert.path("title").asString().contains(words);
	}

	private static boolean is(JsonNode node, String field, String value) {
		return value.equals(node.path(field).asString(null));
	}

}
