package io.rollcall.reconciler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.rollcall.model.change.Change;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People import the accounts that an application had, and say who has them, over HTTP.
 */
class ImportsRestTests {

	private static final int MANY = Integer.getInteger("imported", 3_000);

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(),
				RealServices.freshMongoDatabase("imports-rest-tests"));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		kafka.close();
	}

	private static JsonNode imports(People people, String csv, boolean dryRun) {
		Rest.Answer answer = reconciler.rest()
			.post(people.connection() + "/imports?by=olga&dryRun=" + dryRun, "text/csv",
					csv.getBytes(StandardCharsets.UTF_8));
		assertThat(answer.status()).as("%s", answer.body()).isIn(200, 202);
		return answer.body();
	}

	private static JsonNode awaitRun(People people, JsonNode imported) {
		return people.await(people.connection() + "/runs/" + imported.get("run").asString(),
				(run) -> "COMPLETED".equals(run.get("phase").asString()));
	}

	@Test
	void importedAccountsAreLinkedAndEachLineIsReported() {
		People people = new People(reconciler, "imported");
		people.rules("matching", "{\"by\": [\"EMPLOYEE_ID\", \"EMAIL\"], \"create\": \"WHEN_ASKED\"}");
		people.reads("ada", "employeeId", "7");
		people.awaitAccount("ada", (account) -> "AVAILABLE".equals(account.at("/held/code").asString()));
		String csv = """
				externalId;displayName;email;employeeId;costCenter
				u7;Ada B.;ada.b@example.org;7;4711
				u8;Bea;bea@example.org;;
				u9;Cy;nonsense;;
				u8;Bea again;;;
				u10;;;;
				u11;Dee;BEA@example.org;;
				""";
		JsonNode dry = imports(people, csv, true);
		assertThat(dry.at("/counts/NEW").asInt()).isEqualTo(2);
		assertThat(dry.get("lines").valueStream().map((line) -> line.path("problem").asString("")).toList())
			.containsExactly("", "", "'nonsense' is no e-mail address", "line 3 has the same externalId",
					"displayName is empty", "line 3 has the same address");
		assertThat(reconciler.rest().get(people.organization() + "/accounts?q=bea").body().get("items").size())
			.isZero();
		JsonNode run = awaitRun(people, imports(people, csv, false));
		assertThat(run.at("/mode").asString()).isEqualTo("IMPORT");
		assertThat(run.at("/by").asString()).isEqualTo("olga");
		JsonNode ada = people.awaitAccount("ada", (account) -> "ACTIVE".equals(account.path("status").asString()));
		assertThat(ada.get("id").asString()).isEqualTo(dry.at("/lines/0/account").asString());
		JsonNode again = imports(people, csv, false);
		assertThat(again.at("/counts/EXISTS").asInt()).isEqualTo(2);
		assertThat(again.get("run").isNull()).isTrue();
		people.reads("bea");
		assertThat(people.awaitAccount("bea", (account) -> "ACTIVE".equals(account.path("status").asString()))
			.get("id")
			.asString()).isEqualTo(dry.at("/lines/1/account").asString());
	}

	@Test
	void manyAreToldOnceInSum() {
		People people = new People(reconciler, "many");
		people.await(people.connection() + "/rules", (rules) -> true);
		StringBuilder csv = new StringBuilder("externalId,displayName,email\n");
		for (int i = 0; i < MANY; i++) {
			csv.append("m%d,Person %d,p%d@many.example\n".formatted(i, i, i));
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> reconciler.rest().get(people.connection() + "/rules").status() == 200);
		Instant begun = Instant.now();
		JsonNode imported = Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> reconciler.rest()
				.post(people.connection() + "/imports?by=olga", "text/csv",
						csv.toString().getBytes(StandardCharsets.UTF_8)),
					(answer) -> answer.status() == 202)
			.body();
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> reconciler.rest().get(people.connection() + "/runs/" + imported.get("run").asString()),
					(answer) -> answer.status() == 200 && "COMPLETED".equals(answer.body().get("phase").asString()));
		assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(1));
		try (Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS);
				Topic changes = new Topic(kafka.bootstrapServers(), Topics.CHANGES)) {
			RunEvent.RunEnded ended = CoordinatingTests
				.await(runs, RunEvent.RunEnded.class,
						(event) -> event.mode() == RunMode.IMPORT && event.connection().value().equals("con-many"), 1)
				.getFirst();
			assertThat(ended.applied().counts().values()).containsExactly((long) MANY);
			Change.AccountChanged change = CoordinatingTests
				.await(changes, Change.AccountChanged.class, (event) -> event.organization().value().equals("org-many"),
						1)
				.getFirst();
			assertThat(change.cause().run()).as("told with the run").isEqualTo(ended.run());
		}
	}

	@Test
	void whatIsWrongIsSaid() {
		People people = new People(reconciler, "imports-wrong");
		people.rules("matching", "{\"by\": [\"EMAIL\"], \"create\": \"AT_ONCE\"}");
		String path = people.connection() + "/imports";
		byte[] csv = "externalId,displayName\n7,Ada".getBytes(StandardCharsets.UTF_8);
		assertThat(reconciler.rest().post(path, "text/csv", csv).body().get("detail").asString())
			.contains("\"by\" must say who");
		assertThat(reconciler.rest().post("/api/connections/con-none/imports?by=olga", "text/csv", csv).status())
			.isEqualTo(404);
		assertThat(reconciler.rest().post(path + "?by=olga", "image/png", csv).status()).isEqualTo(415);
		assertThat(reconciler.rest().post(path + "?by=olga", "text/csv", new byte[0]).body().get("detail").asString())
			.contains("the file is empty");
	}

}
