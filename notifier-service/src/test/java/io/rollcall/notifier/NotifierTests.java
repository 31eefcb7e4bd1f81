package io.rollcall.notifier;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Tally;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.notifier.flow.Mails;
import io.rollcall.support.DeadLetters;
import io.rollcall.test.RealServices;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a recipient sees, with a real Kafka, a real MongoDB and a real SMTP server. */
class NotifierTests {

	private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

	private static RunningNotifier notifier;

	private static Events events;

	@BeforeAll
	static void start() {
		MAIL.start();
		notifier = RunningNotifier.start(RealServices.freshMongoDatabase("notifier-tests"),
				Map.of("rollcall.smtp.url", "smtp://127.0.0.1:" + MAIL.getSmtp().getPort(), "rollcall.smtp.from",
						"Rollcall <rollcall@example.com>", "rollcall.notifier.heartbeat", "200ms",
						"rollcall.notifier.gather", "2s", "rollcall.recipients[0].organization", "configured",
						"rollcall.recipients[0].id", "otto", "rollcall.recipients[0].email", "otto@configured.test"));
		events = new Events();
	}

	@AfterAll
	static void stop() {
		events.close();
		notifier.close();
		MAIL.stop();
	}

	@Test
	void tellsARenameInInboxCountAndStream() {
		notifier.putRecipients("rename", "olga:OWNER:EN", "vera:VIEWER:DE");
		try (OpenStream stream = notifier.follow("rename", "vera", null)) {
			await().until(() -> !stream.comments().isEmpty());
			events.publish(Events.renamed("rename", "ada", 7, "Ada Byron", "Ada Lovelace"));
			await()
				.untilAsserted(() -> assertThat(stream.titles()).containsExactly("Ada Byron heißt jetzt Ada Lovelace"));
			assertThat(stream.lastEventId()).isEqualTo("1");
			await().untilAsserted(() -> assertThat(stream.comments()).contains("alive"));
		}
		assertThat(notifier.titles("rename", "olga")).containsExactly("Ada Byron is now Ada Lovelace");
		assertThat(notifier.unread("rename", "olga")).isEqualTo(1);
		JsonNode alert = notifier.alerts("rename", "olga", "").getFirst();
		assertThat(alert.get("id").asString()).isEqualTo("olga:ada:7");
		assertThat(alert.get("subject").asString()).isEqualTo("ada");
		assertThat(notifier.post(RunningNotifier.inbox("rename", "olga") + "/olga:ada:7/read").statusCode())
			.isEqualTo(204);
		assertThat(notifier.unread("rename", "olga")).isZero();
		assertThat(notifier.unread("rename", "vera")).isEqualTo(1);
		assertThat(notifier.alerts("rename", "olga", "unread=true")).isEmpty();
	}

	@Test
	void tellsAnEventOnceHoweverOftenItIsPublished() {
		notifier.putRecipients("twice", "olga:OWNER:EN");
		var change = Events.created("twice", "ada");
		events.publish(change, change, change, Events.created("twice", "ada-2"));
		await().untilAsserted(() -> assertThat(notifier.titles("twice", "olga")).contains("ada-2 has joined"));
		events.publish(change, Events.renamed("twice", "ada", 2, "ada", "Ada"));
		await().untilAsserted(() -> assertThat(notifier.titles("twice", "olga")).contains("ada is now Ada"));
		assertThat(notifier.titles("twice", "olga")).containsOnlyOnce("ada has joined").hasSize(3);
		assertThat(notifier.unread("twice", "olga")).isEqualTo(3);
	}

	@Test
	void publishesEveryAlertForOtherApplications() {
		notifier.putRecipients("published", "olga:OWNER:EN", "vera:VIEWER:EN");
		events.publish(Events.created("published", "ada"));
		try (PublishedAlerts published = new PublishedAlerts()) {
			await().until(() -> published.of("published").size() == 2);
			assertThat(published.of("published")).extracting((alert) -> alert.id())
				.containsExactlyInAnyOrder("published:olga:ada:1", "published:vera:ada:1");
			assertThat(published.of("published")).extracting((alert) -> alert.event())
				.allSatisfy((event) -> assertThat(((AlertRaised) event).title()).isEqualTo("ada has joined"))
				.extracting((event) -> event.key())
				.containsExactlyInAnyOrder("published:olga", "published:vera");
		}
	}

	@Test
	void mailsAFailureAtOnceAndSaysWhatToDo() throws Exception {
		notifier.putRecipients("failing", "olga:OWNER:EN", "anton:ADMIN:DE", "vera:VIEWER:EN");
		events.publish(Events.failing("failing"));
		await().untilAsserted(() -> assertThat(mailsTo("failing.test")).hasSize(2));
		MimeMessage mail = mailsTo("olga@failing.test").getFirst();
		assertThat(mail.getSubject()).isEqualTo("failing-entra cannot be read until somebody acts");
		assertThat(mail.getMessageID()).endsWith("@example.com>");
		assertThat(GreenMailUtil.getWholeMessage(mail)).contains("multipart/alternative", "text/plain", "text/html",
				"Enter a valid client secret");
		assertThat(mailsTo("anton@failing.test").getFirst().getSubject())
			.isEqualTo("failing-entra kann nicht gelesen werden, bis jemand eingreift");
		assertThat(notifier.alerts("failing", "olga", "").getFirst().get("severity").asString()).isEqualTo("ERROR");
		assertThat(notifier.titles("failing", "vera")).isEmpty();
	}

	@Test
	void tellsARunByItsDigestOnlyAndDoesNotLookIntoItsChanges() throws Exception {
		notifier.putRecipients("run", "olga:OWNER:EN");
		Tally tally = Tally.NONE;
		for (int i = 0; i < 50; i++) {
			Change.AccountChanged change = Events.created("run", "person-" + i);
			events.publish(Events.inRun(change));
			tally = tally.plus(Tally.of(change));
		}
		// Could it not be passed over by its headers it would be a dead letter.
		events.send(Topics.CHANGES, "run:broken", EventFormat.headers(Events.inRun(Events.created("run", "broken"))),
				"{broken".getBytes(StandardCharsets.UTF_8));
		events.publish(Events.ended("run", tally));
		await().untilAsserted(() -> assertThat(mailsTo("run.test")).hasSize(1));
		assertThat(mailsTo("run.test").getFirst().getSubject()).isEqualTo("run-entra: full sync finished, 50 changes");
		assertThat(notifier.titles("run", "olga")).containsExactly("run-entra: full sync finished, 50 changes");
		assertThat(notifier.alerts("run", "olga", "").getFirst().get("body").asString())
			.contains("Accounts created: 50 (person-0, person-1,", "person-9 and 40 more)");
		events.publish(Events.ended("run", Tally.NONE), Events.renamed("run", "person-1", 2, "person-1", "Someone"));
		await().untilAsserted(() -> assertThat(notifier.titles("run", "olga")).contains("person-1 is now Someone"));
		assertThat(notifier.titles("run", "olga")).hasSize(2);
	}

	/** At once, on all partitions, for two people. */
	@Test
	void tellsEachOfManyHiresOnceInTheAppAndAllOfThemInFewMails() throws Exception {
		notifier.putRecipients("hires", "olga:OWNER:EN", "dora:ADMIN:DE");
		events.publish(IntStream.range(0, 2_500)
			.mapToObj((i) -> Events.created("hires", "person-" + i))
			.toArray(Event[]::new));
		await().atMost(Duration.ofSeconds(60)).until(() -> notifier.unread("hires", "olga") == 2_500);
		await().until(() -> notifier.unread("hires", "dora") == 2_500);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> notifier.bean(Mails.class).waiting() == 0 && !mailsTo("hires.test").isEmpty());
		List<MimeMessage> mails = mailsTo("olga@hires.test");
		assertThat(mails).hasSizeBetween(1, 4);
		int told = 0;
		for (MimeMessage mail : mails) {
			assertThat(mail.getSubject()).matches("[\\d,]+ changes");
			told += Integer.parseInt(mail.getSubject().replaceAll("\\D", ""));
			assertThat(mail.getSize()).isLessThan(20_000);
		}
		assertThat(told).isEqualTo(2_500);
		assertThat(mailsTo("dora@hires.test").getFirst().getSubject()).matches("[\\d.]+ Änderungen");
	}

	/** The bound is wide because the machine may be busy with other tests. */
	@Test
	void bringsFiftyChangesASecondIntoTheInboxInTime() {
		notifier.putRecipients("latency", "olga:OWNER:EN", "anton:ADMIN:DE", "vera:VIEWER:EN");
		int count = 200;
		AtomicInteger sent = new AtomicInteger();
		try (OpenStream stream = notifier.follow("latency", "olga", null);
				ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor()) {
			ticks.scheduleAtFixedRate(() -> {
				if (sent.incrementAndGet() <= count) {
					events.publish(Events.created("latency", "person-" + sent.get()));
				}
			}, 0, 20, TimeUnit.MILLISECONDS);
			await().atMost(Duration.ofSeconds(60)).until(() -> stream.alerts().size() == count);
			List<Long> delays = stream.delays().stream().sorted().toList();
			System.out.printf("change to the open stream: p50 %d ms, p99 %d ms%n", delays.get(count / 2),
					delays.get(count * 99 / 100));
			assertThat(delays.get(count * 99 / 100)).isLessThan(5000);
		}
	}

	@Test
	void refusesAParameterThatItDoesNotKnow() {
		HttpResponse<String> answer = notifier.get(RunningNotifier.inbox("configured", "otto") + "?after=3");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("Unknown query parameter after", "cursor, limit, unread");
	}

	@Test
	void setsBadRecordsAsideAndGoesOn() {
		notifier.putRecipients("bad", "olga:OWNER:EN");
		Map<String, byte[]> headers = EventFormat.headers(Events.envelope(Events.created("bad", "x")));
		Map<String, byte[]> unknown = new HashMap<>(headers);
		unknown.put("ce_type", "io.rollcall.change.AccountPainted.v1".getBytes(StandardCharsets.UTF_8));
		events.publish(Events.created("bad", "one"));
		events.send(Topics.CHANGES, "bad:one", headers, "{broken".getBytes(StandardCharsets.UTF_8));
		events.send(Topics.CHANGES, "bad:one", unknown, "{}".getBytes(StandardCharsets.UTF_8));
		events.send(Topics.RUNS, "bad-entra", Map.of(), "no event".getBytes(StandardCharsets.UTF_8));
		events.publish(Events.renamed("bad", "one", 2, "one", "Two"), Events.failing("bad"));
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(notifier.titles("bad", "olga")).containsExactlyInAnyOrder("one has joined",
					"one is now Two", "bad-entra cannot be read until somebody acts"));
		assertThat(notifier.bean(DeadLetters.class).newest(10)).extracting((letter) -> letter.problem().toString())
			.hasSize(3)
			.anyMatch((problem) -> problem.contains("RECORD_UNREADABLE") && problem.contains("cannot be read"))
			.anyMatch((problem) -> problem.contains("RECORD_UNKNOWN") && problem.contains("AccountPainted.v1"))
			.anyMatch((problem) -> problem.contains("not a CloudEvent"));
	}

	@Test
	void pagesThroughTheInboxNewestFirstAndMarksAllAsRead() {
		notifier.putRecipients("pages", "olga:OWNER:EN");
		for (int i = 0; i < 25; i++) {
			events.publish(Events.created("pages", "person-" + i));
		}
		await().until(() -> notifier.unread("pages", "olga") == 25);
		String inbox = RunningNotifier.inbox("pages", "olga");
		JsonNode first = RunningNotifier.JSON.readTree(notifier.get(inbox + "?limit=10").body());
		JsonNode second = RunningNotifier.JSON
			.readTree(notifier.get(inbox + "?limit=20&cursor=" + first.get("next").asLong()).body());
		assertThat(first.get("alerts").get(0).get("cursor").asLong()).isEqualTo(25);
		assertThat(second.get("alerts")).hasSize(15);
		assertThat(second.get("alerts").get(0).get("cursor").asLong()).isEqualTo(15);
		assertThat(second.get("next").isNull()).isTrue();
		assertThat(notifier.post(inbox + "/read-all?upTo=20").body()).isEqualTo("{\"marked\":20}");
		assertThat(notifier.unread("pages", "olga")).isEqualTo(5);
		assertThat(notifier.post(inbox + "/read-all").body()).isEqualTo("{\"marked\":5}");
		assertThat(notifier.unread("pages", "olga")).isZero();
	}

	@Test
	void answersWhatItDoesNotKnowWithProblemDetails() {
		HttpResponse<String> organization = notifier.get("/api/organizations/nowhere/recipients");
		assertThat(organization.statusCode()).isEqualTo(404);
		assertThat(organization.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(organization.body()).contains("PUT /api/organizations/nowhere/recipients");
		for (String path : List.of("", "/unread-count", "/stream")) {
			HttpResponse<String> recipient = notifier.get(RunningNotifier.inbox("configured", "nobody") + path);
			assertThat(recipient.statusCode()).as(path).isEqualTo(404);
			assertThat(recipient.body()).as(path).contains("Organization configured has no recipient nobody");
		}
		assertThat(notifier.post(RunningNotifier.inbox("configured", "otto") + "/no:such/read").statusCode())
			.isEqualTo(404);
		HttpResponse<String> role = notifier.send("PUT", "/api/organizations/wrong/recipients",
				"[{\"id\":\"a\",\"name\":\"A\",\"email\":\"a@b\",\"role\":\"KING\"}]");
		assertThat(role.statusCode()).isEqualTo(400);
		assertThat(role.body()).contains("[0].role 'KING' is none of [OWNER, ADMIN, VIEWER]");
		assertThat(notifier.get(RunningNotifier.inbox("configured", "otto") + "?limit=1001").statusCode())
			.isEqualTo(400);
	}

	@Test
	void knowsTheRecipientsOfItsConfiguration() {
		assertThat(notifier.get("/api/organizations/configured/recipients").body()).contains("otto@configured.test");
	}

	@Test
	void isReadyAndSaysSo() {
		await().untilAsserted(() -> assertThat(notifier.get("/actuator/health/readiness").statusCode()).isEqualTo(200));
		assertThat(notifier.get("/actuator/health/readiness").body()).contains("\"smtp\":{", "\"kafka\":{",
				"\"mongo\":{");
	}

	private static List<MimeMessage> mailsTo(String address) {
		return Arrays.stream(MAIL.getReceivedMessages()).filter((mail) -> {
			try {
				return mail.getRecipients(Message.RecipientType.TO)[0].toString().contains(address);
			}
			catch (jakarta.mail.MessagingException ex) {
				throw new AssertionError(ex);
			}
		}).toList();
	}

}
