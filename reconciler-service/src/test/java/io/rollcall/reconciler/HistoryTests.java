package io.rollcall.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.rollcall.model.RunId;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** People ask what became of somebody, and what a run or the last hour changed. */
class HistoryTests {

	private static final String ORGANIZATION = "/api/organizations/org-history";

	private static final String CONNECTION = "/api/connections/con-history";

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	private static Contoso contoso;

	private static RunId second;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("history-tests"));
		contoso = new Contoso(kafka.bootstrapServers(), "history");
		contoso.active();
		contoso.group("crew", "Crew").person("ada", "Ada", "crew").person("bob", "Bob");
		ended(contoso.fullRun(RunTrigger.ACTIVATION));
		contoso.person("ada", "Ada Byron", "crew");
		contoso.livePerson("ada");
		await(ORGANIZATION + "/accounts?q=byron", (page) -> page.get("items").size() == 1);
		contoso.person("cy", "Cy");
		contoso.livePerson("cy");
		await(ORGANIZATION + "/accounts?q=cy", (page) -> page.get("items").size() == 1);
		contoso.person("ada", "Ada King", "crew");
		second = contoso.fullRun(RunTrigger.SCHEDULE);
		ended(second);
		await(CONNECTION + "/history", (page) -> page.get("items").size() == 3);
	}

	@AfterAll
	static void stop() {
		contoso.close();
		reconciler.close();
		kafka.close();
	}

	@Test
	void aPersonHasATimelineThatBeginsBehindTheFirstSync() {
		assertThat(changes(timeline("Ada"))).containsExactly("UPDATED Ada King 3", "UPDATED Ada Byron 2");
		JsonNode byron = timeline("Ada").at("/items/1/change");
		assertThat(byron.at("/fields/0/from").asString()).isEqualTo("Ada");
		assertThat(byron.at("/fields/0/to").asString()).isEqualTo("Ada Byron");
		assertThat(byron.at("/cause/reason/code").asString()).isEqualTo("CHANGED_IN_DIRECTORY");
		assertThat(changes(timeline("Bob"))).isEmpty();
	}

	@Test
	void whoCameLiveHasABeginning() {
		assertThat(changes(timeline("Cy"))).containsExactly("CREATED Cy 1");
	}

	@Test
	void aRunHasItsChanges() {
		assertThat(changes(get(CONNECTION + "/history?run=" + second))).containsExactly("UPDATED Ada King 3");
		assertThat(changes(get(CONNECTION + "/history?run=none"))).isEmpty();
	}

	@Test
	void changesAreFoundByKindAndTime() {
		assertThat(changes(get(CONNECTION + "/history?what=CREATED"))).containsExactly("CREATED Cy 1");
		assertThat(changes(get(CONNECTION + "/history?until=2026-01-01T00:00:00Z"))).isEmpty();
		assertThat(changes(get(CONNECTION + "/history?from=2026-01-01T00:00:00Z"))).hasSize(3);
		Rest.Answer unknown = reconciler.rest().get(CONNECTION + "/history?what=RENAMEDD");
		assertThat(unknown.status()).isEqualTo(400);
		assertThat(unknown.body().get("detail").asString()).contains("RENAMED", "DEACTIVATED");
		assertThat(reconciler.rest().get(CONNECTION + "/history?cursor=x").status()).isEqualTo(400);
	}

	@Test
	void pagesGoOnWhereTheLastEnded() {
		List<String> all = new ArrayList<>();
		String next = "";
		do {
			JsonNode page = get(CONNECTION + "/history?limit=1" + next);
			all.addAll(changes(page));
			next = page.hasNonNull("next") ? "&cursor=" + page.get("next").asString() : null;
		}
		while (next != null);
		assertThat(all).containsExactly("UPDATED Ada King 3", "CREATED Cy 1", "UPDATED Ada Byron 2");
		JsonNode first = get(ORGANIZATION + "/accounts/" + id("Ada") + "/history?limit=1");
		assertThat(changes(get(
				ORGANIZATION + "/accounts/" + id("Ada") + "/history?limit=1&cursor=" + first.get("next").asString())))
			.containsExactly("UPDATED Ada Byron 2");
	}

	@Test
	void liveReadsAreSummedUpByTheHour() {
		Instant now = Instant.now();
		JsonNode hours = get(CONNECTION
				+ "/live?from=%s&until=%s".formatted(now.minus(1, ChronoUnit.DAYS), now.plus(1, ChronoUnit.HOURS)));
		long created = 0;
		long updated = 0;
		for (JsonNode hour : hours) {
			Instant at = Instant.parse(hour.get("hour").asString());
			assertThat(at.truncatedTo(ChronoUnit.HOURS)).isEqualTo(at);
			created += hour.at("/changes/CREATED").asLong(0);
			updated += hour.at("/changes/UPDATED").asLong(0);
		}
		assertThat(created).isEqualTo(1);
		assertThat(updated).isEqualTo(1);
		assertThat(reconciler.rest()
			.get(CONNECTION + "/live?from=2026-01-01T00:00:00Z&until=2026-12-01T00:00:00Z")
			.status()).isEqualTo(400);
	}

	private static JsonNode timeline(String name) {
		return get(ORGANIZATION + "/accounts/" + id(name) + "/history");
	}

	private static String id(String name) {
		return get(ORGANIZATION + "/accounts?q=" + name).at("/items/0/id").asString();
	}

	private static List<String> changes(JsonNode page) {
		List<String> changes = new ArrayList<>();
		page.get("items").forEach((entry) -> {
			JsonNode change = entry.get("change");
			assertThat(entry.get("of").asString()).isEqualTo("ACCOUNT");
			changes.add("%s %s %d".formatted(change.get("what").asString(), change.get("name").asString(),
					change.get("version").asLong()));
		});
		return changes;
	}

	private static JsonNode get(String path) {
		Rest.Answer answer = reconciler.rest().get(path);
		assertThat(answer.status()).as(path).isEqualTo(200);
		return answer.body();
	}

	private static void ended(RunId run) {
		await(CONNECTION + "/runs/" + run, (found) -> "COMPLETED".equals(found.get("phase").asString()));
	}

	private static JsonNode await(String path, Predicate<JsonNode> state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> reconciler.rest().get(path), (answer) -> answer.status() == 200 && state.test(answer.body()))
			.body();
	}

}
