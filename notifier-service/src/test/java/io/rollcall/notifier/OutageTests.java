package io.rollcall.notifier;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.PrivateMongo;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the service does while something that it needs is away. */
class OutageTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	void keepsMailsWhileTheMailServerIsAwayAndSendsThemWhenItIsBack() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		GreenMail mail = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
		try (RunningNotifier notifier = RunningNotifier.start(RealServices.freshMongoDatabase("notifier-smtp-away"),
				Map.of("rollcall.smtp.url", "smtp://127.0.0.1:" + port)); Events events = new Events()) {
			notifier.putRecipients("away", "olga:OWNER:EN", "anton:ADMIN:EN");
			events.publish(Events.failing("away"));
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(notifier.get("/actuator/health/readiness").body())
					.contains("\"status\":\"DEGRADED\"", "\"waiting\":2", "ROLLCALL_SMTP_URL"));
			assertThat(notifier.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(notifier.unread("away", "olga")).isEqualTo(1);
			mail.start();
			await().atMost(LONG).until(() -> mail.getReceivedMessages().length == 2);
			await().atMost(LONG)
				.untilAsserted(
						() -> assertThat(notifier.get("/actuator/health/readiness").body()).contains("\"waiting\":0")
							.doesNotContain("DEGRADED"));
		}
		finally {
			mail.stop();
		}
	}

	@Test
	void startsWithoutKafkaAndRecoversByItself() {
		try (PrivateKafka kafka = PrivateKafka.start()) {
			kafka.stop();
			try (RunningNotifier notifier = RunningNotifier.start(
					RealServices.freshMongoDatabase("notifier-kafka-away"),
					Map.of("rollcall.kafka.brokers", kafka.bootstrapServers()))) {
				notifier.putRecipients("kafka", "olga:OWNER:EN");
				await().atMost(LONG).until(() -> notifier.get("/actuator/health/readiness").statusCode() == 503);
				kafka.startAgain();
				await().atMost(LONG).until(() -> notifier.get("/actuator/health/readiness").statusCode() == 200);
				try (Events events = new Events(kafka.bootstrapServers());
						OpenStream stream = notifier.follow("kafka", "olga", null)) {
					events.publish(Events.created("kafka", "one"));
					await().atMost(LONG)
						.untilAsserted(() -> assertThat(stream.titles()).containsExactly("one has joined"));
					kafka.stop();
					await().atMost(LONG).until(() -> notifier.get("/actuator/health/readiness").statusCode() == 503);
					kafka.startAgain();
					events.publish(Events.created("kafka", "two"));
					await().atMost(LONG)
						.untilAsserted(
								() -> assertThat(stream.titles()).containsExactly("one has joined", "two has joined"));
				}
			}
		}
	}

	@Test
	void losesNothingWhileTheDatabaseIsAwayAndRecoversByItself() {
		try (PrivateMongo mongo = PrivateMongo.start();
				RunningNotifier notifier = RunningNotifier.start("notifier-mongo-away",
						Map.of("rollcall.mongodb.uri", mongo.uri(), "rollcall.mongodb.answer-within", "500ms"));
				Events events = new Events()) {
			notifier.putRecipients("database", "olga:OWNER:EN");
			events.publish(Events.created("database", "one"));
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(notifier.titles("database", "olga")).containsExactly("one has joined"));
			mongo.stop();
			events.publish(Events.created("database", "two"), Events.created("database", "three"));
			await().atMost(LONG).until(() -> notifier.get("/actuator/health/readiness").statusCode() == 503);
			mongo.startAgain();
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(notifier.titles("database", "olga")).hasSize(3)
					.contains("two has joined", "three has joined"));
			await().atMost(LONG).until(() -> notifier.get("/actuator/health/readiness").statusCode() == 200);
		}
	}

}
