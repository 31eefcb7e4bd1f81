package io.rollcall.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent.DeadLetterWaiting;
import io.rollcall.model.run.RunEvent.DeadLettersSettled;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service on a real broker and a real database: what happens to good and bad records.
 */
class ServiceSupportTests {

	private static Probe probe;

	/** Each test has one of its own. */
	private final String connection = "c-" + UUID.randomUUID();

	@BeforeAll
	static void start() {
		RealServices.freshTopics();
		RealServices.freshMongoDatabase("rollcall-probe");
		probe = Probe.start(RealServices.kafkaBrokers(), RealServices.mongoUri());
		probe.becomesReady();
	}

	@AfterAll
	static void stop() {
		probe.close();
	}

	@AfterEach
	void leaveNothing() {
		probe.application().failuresToCome.set(0);
		probe.application().later = Duration.ZERO;
		letters().forEach((letter) -> probe.bean(DeadLetters.class).discard(letter.id()));
	}

	@Test
	void deliversWhatWasPublishedWithKeyHeadersAndOrder() {
		for (int i = 0; i < 50; i++) {
			probe.publish(Probe.good(this.connection, i));
		}
		await().until(() -> applied().size() == 50);
		assertThat(applied())
			.containsExactlyElementsOf(IntStream.range(0, 50).mapToObj((i) -> this.connection + ":" + i).toList());
		assertThat(probe.application().applied).filteredOn((record) -> this.connection.equals(record.key()))
			.allSatisfy((record) -> {
				assertThat(record.topic()).isEqualTo(Topics.RUNS);
				assertThat(record.type()).isEqualTo("io.rollcall.run.FreshnessRestored.v1");
				assertThat(record.run()).isNull();
				assertThat(record.read(Event.class)).isInstanceOfSatisfying(Reading.Known.class,
						(known) -> assertThat(known.envelope().id()).isEqualTo(record.header("ce_id")));
			});
	}

	@Test
	void setsOneBadRecordAsideAndGoesOnBehindIt() {
		probe.publish(Probe.good(this.connection, 1),
				Probe.record(this.connection, "bad", "io.rollcall.run.FreshnessRestored.v1", "{\"organization\":"),
				Probe.invented(this.connection), Probe.good(this.connection, 2));
		await().until(() -> applied().contains(this.connection + ":2"));
		assertThat(applied()).contains(this.connection + ":1");
		assertThat(letters()).extracting(DeadLetter::problem)
			.hasSize(2)
			.anyMatch((problem) -> problem.code() == Problem.Code.RECORD_UNREADABLE
					&& String.valueOf(problem.parameters().get("detail")).contains("cannot be read"))
			.contains(Problem.forPerson(Problem.Code.RECORD_UNKNOWN, "type", "io.rollcall.run.Invented.v1"));
		assertThat(letters()).extracting((letter) -> letter.headers().get("ce_id"))
			.containsExactlyInAnyOrder(this.connection + ":bad", this.connection + ":invented");
		assertThat(letters()).extracting((letter) -> new String(letter.value(), StandardCharsets.UTF_8))
			.containsExactlyInAnyOrder("{\"organization\":",
					"{\"organization\":\"acme\",\"connection\":\"" + this.connection + "\"}");
	}

	@Test
	void aWriteWithAnIdempotencyKeyIsDoneOnce() {
		probe.publish(Probe.invented(this.connection), Probe.record(this.connection, "bad", "nonsense", "{}"));
		await().until(() -> letters().size() == 2);
		String discard = "/api/dead-letters/%s/discard".formatted(letters().getFirst().id());
		String key = UUID.randomUUID().toString();
		String first = write(discard, key).expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseBody()
			.blockFirst();
		assertThat(first).contains("RECORD_UNKNOWN");
		write(discard, key).expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody(String.class)
			.isEqualTo(first);
		write(discard, "another").expectStatus().isNotFound();
		assertThat(letters()).hasSize(1);
		write("/api/dead-letters/%s/discard".formatted(letters().getFirst().id()), key).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("This Idempotency-Key was used for another request: take a new one for each");
		assertThat(letters()).hasSize(1);
	}

	@Test
	void whatFailedMayBeAskedAgainWithItsKey() {
		String key = UUID.randomUUID().toString();
		write("/api/dead-letters/none/discard", key).expectStatus().isNotFound();
		write("/api/dead-letters/none/discard", key).expectStatus().isNotFound();
		write("/api/dead-letters/none/discard", "x".repeat(201)).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void whoeverDiesWhileAnsweringIsFollowedAfterAMinute() {
		IdempotentAnswers answers = probe.bean(IdempotentAnswers.class);
		assertThat(answers.begin(this.connection, "POST /x")).isInstanceOf(IdempotentAnswers.Begun.Now.class);
		assertThat(answers.begin(this.connection, "POST /x")).isInstanceOf(IdempotentAnswers.Begun.Already.class);
		probe.application().later = Duration.ofMinutes(2);
		assertThat(answers.begin(this.connection, "POST /x")).isInstanceOf(IdempotentAnswers.Begun.Now.class);
		assertThat(answers.begin(this.connection, "POST /x")).isInstanceOf(IdempotentAnswers.Begun.Already.class);
	}

	private static WebTestClient.ResponseSpec write(String path, String key) {
		return probe.web().post().uri(path).header("Idempotency-Key", key).exchange();
	}

	@Test
	void triesAgainForEverWhatMayPassAndNeverDeadLettersIt() {
		probe.application().failuresToCome.set(3);
		probe.publish(Probe.good(this.connection, 1));
		await().until(() -> applied().size() == 1);
		assertThat(probe.application().failuresToCome).hasValue(0);
		assertThat(letters()).isEmpty();
	}

	@Test
	void aBadRecordInABatchThatFailedBeforeIsSetAsideAlone() {
		probe.application().failuresToCome.set(2);
		probe.publish(Probe.good(this.connection, 1), Probe.invented(this.connection), Probe.good(this.connection, 2));
		await().until(() -> applied().contains(this.connection + ":2"));
		assertThat(applied()).contains(this.connection + ":1");
		assertThat(probe.application().failuresToCome).hasValue(0);
		assertThat(letters()).extracting((letter) -> letter.headers().get("ce_id"))
			.containsExactly(this.connection + ":invented");
	}

	@Test
	void saysWhichPartitionIsStuckAndStaysReady() {
		probe.application().failuresToCome.set(Integer.MAX_VALUE);
		probe.publish(Probe.good(this.connection, 1));
		await().until(() -> probe.application().failuresToCome.get() < Integer.MAX_VALUE - 1);
		assertThat(probe.health()).doesNotContain("DEGRADED");
		probe.application().later = Duration.ofMinutes(2);
		await().untilAsserted(() -> assertThat(probe.health()).contains("\"status\":\"DEGRADED\"",
				"\"group\":\"rollcall-probe\"", "\"topic\":\"" + Topics.RUNS + "\"", "\"stuckSince\":",
				"\"reason\":\"java.lang.IllegalStateException: the database is away\""));
		Probe.readiness(probe.port).isOk();
		probe.application().failuresToCome.set(0);
		await().untilAsserted(() -> assertThat(probe.health()).doesNotContain("DEGRADED"));
		assertThat(applied()).hasSize(1);
	}

	@Test
	void saysOnceALineWhatFailedAndNeverItsRecords() {
		String logged;
		try (Logged log = new Logged()) {
			probe.application().failuresToCome.set(3);
			probe.publish(Probe.good(this.connection, 1));
			await().until(() -> applied().size() == 1);
			logged = String.join("\n", log.lines());
		}
		assertThat(logged).containsOnlyOnce("is tried again until it succeeds: java.lang.IllegalStateException")
			.contains("failed, attempt 2: java.lang.IllegalStateException: the database is away")
			.doesNotContain("failedMessage", "MessageHandlingException", "integration.handler.LoggingHandler");
	}

	@Test
	void tellsOfALetterWhoseConnectionIsKnownInHealthAndWhenNoneWaitsAnyMore() {
		assertThat(probe.health()).contains("\"deadLetters\":{\"details\":{\"waiting\":0},\"status\":\"UP\"}");
		probe.publish(Probe.invented(this.connection), Probe.invented(this.connection));
		await().until(() -> events(DeadLetterWaiting.class).size() == 2);
		assertThat(probe.health()).contains("\"deadLetters\":{\"details\":{\"waiting\":2},\"status\":\"DEGRADED\"}");
		Probe.readiness(probe.port).isOk();
		List<DeadLetter> letters = letters();
		assertThat(events(DeadLetterWaiting.class)).allSatisfy((told) -> {
			assertThat(told.organization()).isEqualTo(new OrganizationId("acme"));
			assertThat(told.connection()).isEqualTo(new ConnectionId(this.connection));
			assertThat(told.service()).isEqualTo("probe");
			assertThat(letters).extracting(DeadLetter::id).contains(told.letter());
			assertThat(told.problem())
				.isEqualTo(Problem.forPerson(Problem.Code.RECORD_UNKNOWN, "type", "io.rollcall.run.Invented.v1"));
		});
		probe.bean(DeadLetters.class).discard(letters.get(0).id());
		probe.bean(DeadLetters.class).discard(letters.get(1).id());
		await().until(() -> events(DeadLettersSettled.class).size() == 1);
	}

	@Test
	void peopleDecideAboutDeadLettersInEveryService() {
		probe.publish(Probe.invented(this.connection));
		await().untilAsserted(() -> assertThat(probe.get("/api/dead-letters")).contains(this.connection + ":invented",
				"\"connection\":\"" + this.connection + "\"", "\"value\":\"{\\\"organization\\\":\\\"acme\\\""));
		String id = letters().getFirst().id();
		post("/api/dead-letters/" + id + "/redrive").expectStatus().isOk();
		// It is as bad as it was, somewhere else in the topic.
		await().until(() -> letters().size() == 1 && !letters().getFirst().id().equals(id));
		String again = letters().getFirst().id();
		post("/api/dead-letters/" + again + "/discard").expectStatus().isOk();
		post("/api/dead-letters/" + again + "/discard").expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(probe.get("/api/dead-letters")).isEqualTo("[]");
	}

	@Test
	void refusesAQueryParameterThatDoesNotExistAndNamesThoseThatDo() {
		probe.web()
			.get()
			.uri("/api/dead-letters?limit=3&after=x")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Unknown query parameter after; the ones that exist are limit");
		post("/api/dead-letters/x/discard?force=true").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Unknown query parameter force; there is none here");
		probe.web().get().uri("/api/dead-letters?limit=3").exchange().expectStatus().isOk();
		probe.web().get().uri("/actuator/health?whatever").exchange().expectStatus().isOk();
	}

	@Test
	void saysInProblemDetailsWhatIsWrongWithARequest() {
		probe.web()
			.get()
			.uri("/api/dead-letters?limit=0")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("limit must be 1 to 1000, is 0");
		probe.web()
			.get()
			.uri("/api/dead-letters?limit=many")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value((detail) -> assertThat(detail.toString()).contains("many"));
		post("/api/dead-letters").expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private List<String> applied() {
		return probe.applied(this.connection);
	}

	private List<DeadLetter> letters() {
		return probe.bean(DeadLetters.class).newest(100);
	}

	private <T> List<T> events(Class<T> type) {
		return probe.application().applied.stream()
			.filter((record) -> this.connection.equals(record.key()))
			.map((record) -> record.read(Event.class))
			.filter(Reading.Known.class::isInstance)
			.map((reading) -> ((Reading.Known<?>) reading).envelope().event())
			.filter(type::isInstance)
			.map(type::cast)
			.toList();
	}

	private static WebTestClient.ResponseSpec post(String path) {
		return probe.web().post().uri(path).exchange();
	}

}
