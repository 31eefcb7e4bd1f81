package io.rollcall.notifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rollcall.notifier.flow.Mails;
import io.rollcall.test.RealServices;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two instances that share the work, one of which leaves in the middle. */
class TwoNotifiersTests {

	private static final String ORGANIZATION = "two";

	private static final int CHANGES = 600;

	private static final Pattern HELD = Pattern.compile(".* held by the guard");

	private static final Pattern JOINED = Pattern.compile("person-\\d+ has joined");

	private static final Pattern COUNTED = Pattern.compile("Accounts created: (\\d+)");

	/** About 20 are needed: a server that only refuses is not asked for ever. */
	private static final int MOST_CONNECTIONS = 300;

	@Test
	void tellEverythingOnceAndLetAStreamMoveBetweenThem() throws Exception {
		long seed = System.nanoTime();
		System.out.println("seed " + seed);
		GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
		mail.start();
		String database = RealServices.freshMongoDatabase("notifier-two");
		Map<String, Object> properties = Map.of("rollcall.smtp.url", "smtp://127.0.0.1:" + mail.getSmtp().getPort(),
				"rollcall.notifier.gather", "1s");
		try (RunningNotifier first = RunningNotifier.start(database, properties);
				Events events = new Events();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			first.putRecipients(ORGANIZATION, "olga:OWNER:EN", "anton:ADMIN:EN");
			RunningNotifier second = RunningNotifier.start(database, properties);
			Future<List<JsonNode>> reader = threads
				.submit(() -> readThroughReconnects(List.of(first, second), new Random(seed)));
			for (int i = 0; i < CHANGES; i++) {
				events.publish(Events.created(ORGANIZATION, "person-" + i));
				if (i % 100 == 0) {
					events.publish(Events.held(ORGANIZATION, "hash-" + i));
				}
				if (i == CHANGES / 2) {
					threads.submit(second::close);
				}
			}
			List<JsonNode> read = reader.get(3, TimeUnit.MINUTES);
			assertThat(read).extracting((alert) -> alert.get("cursor").asLong())
				.containsExactlyElementsOf(IntStream.rangeClosed(1, CHANGES + 6).mapToObj(Long::valueOf).toList());
			assertThat(new HashSet<>(read.stream().map((alert) -> alert.get("id").asString()).toList()))
				.hasSize(CHANGES + 6);
			assertThat(first.unread(ORGANIZATION, "olga")).isEqualTo(CHANGES + 6);
			assertThat(first.unread(ORGANIZATION, "anton")).isEqualTo(CHANGES + 6);
			await().atMost(ofSeconds(30)).until(() -> first.bean(Mails.class).waiting() == 0);
			List<MimeMessage> mails = List.of(mail.getReceivedMessages());
			assertThat(mails).extracting(MimeMessage::getMessageID).doesNotHaveDuplicates();
			assertThat(mails.stream().mapToLong((one) -> told(one, HELD)).sum()).isEqualTo(12);
			assertThat(mails.stream().mapToLong((one) -> told(one, JOINED) + counted(one)).sum())
				.isEqualTo(2 * CHANGES);
		}
		finally {
			mail.stop();
		}
	}

	/**
	 * How many alerts of the kind a mail tells whole; of a single one the title is the
	 * subject.
	 */
	private static long told(MimeMessage mail, Pattern title) {
		List<String> sections = text(mail).lines()
			.filter((line) -> line.startsWith("* "))
			.map((line) -> line.substring(2))
			.toList();
		return (sections.isEmpty() ? List.of(subject(mail)) : sections).stream()
			.filter(title.asMatchPredicate())
			.count();
	}

	private static long counted(MimeMessage mail) {
		return COUNTED.matcher(text(mail)).results().mapToLong((count) -> Long.parseLong(count.group(1))).sum();
	}

	private static String subject(MimeMessage mail) {
		try {
			return mail.getSubject();
		}
		catch (MessagingException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String text(Part part) {
		try {
			if (part.isMimeType("text/plain")) {
				return ((String) part.getContent()).replace("\r\n", "\n");
			}
			return (part.getContent() instanceof Multipart parts) ? text(parts.getBodyPart(0)) : "";
		}
		catch (IOException | MessagingException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Like a browser on a bad line: reads a little, is cut off, resumes elsewhere. */
	private static List<JsonNode> readThroughReconnects(List<RunningNotifier> notifiers, Random random) {
		List<JsonNode> read = new ArrayList<>();
		String lastEventId = "0";
		int connections = 0;
		AssertionError refused = null;
		while (read.size() < CHANGES + 6) {
			assertThat(connections).as("connections for %d alerts, the last refusal: %s", read.size(), refused)
				.isLessThan(MOST_CONNECTIONS);
			int wanted = Math.min(CHANGES + 6 - read.size(), 1 + random.nextInt(80));
			try (OpenStream stream = notifiers.get(connections++ % notifiers.size())
				.follow(ORGANIZATION, "olga", lastEventId)) {
				await().atMost(ofSeconds(60)).until(() -> stream.alerts().size() >= wanted || stream.ended());
				List<JsonNode> alerts = List.copyOf(stream.alerts());
				if (!alerts.isEmpty()) {
					read.addAll(alerts);
					lastEventId = String.valueOf(alerts.getLast().get("cursor").asLong());
				}
			}
			catch (AssertionError gone) {
				// That instance has left: the other one serves.
				refused = gone;
			}
		}
		System.out.println(connections + " connections");
		return read;
	}

}
