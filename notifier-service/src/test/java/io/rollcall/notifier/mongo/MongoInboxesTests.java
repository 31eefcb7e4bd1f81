package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Tally;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Text;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@link Inboxes} promises, on a real MongoDB. */
class MongoInboxesTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static TestDatabase test;

	@BeforeAll
	static void start() {
		test = new TestDatabase("notifier-inboxes");
	}

	@AfterAll
	static void stop() {
		test.close();
	}

	@Test
	void numbersAnInboxFromOneWithoutGaps() {
		Inboxes inboxes = inboxes();
		InboxId olga = inbox("numbers", "olga");
		inboxes.file(alerts(olga, "a", "b"));
		List<FiledAlert> filed = inboxes.file(alerts(olga, "b", "c", "a", "d", "d"));
		assertThat(filed).extracting((alert) -> alert.alert().event() + alert.cursor())
			.containsExactly("b2", "c3", "a1", "d4");
		assertThat(cursors(inboxes.after(olga, 0, 100))).containsExactly(1L, 2L, 3L, 4L);
		assertThat(inboxes.unread(olga)).isEqualTo(4);
	}

	@Test
	void keepsSameIdsOfTwoOrganizationsApart() {
		Inboxes inboxes = inboxes();
		inboxes.file(alerts(inbox("one", "olga"), "account:1:0"));
		inboxes.file(alerts(inbox("two", "olga"), "account:1:0"));
		assertThat(inboxes.unread(inbox("one", "olga"))).isEqualTo(1);
		assertThat(inboxes.unread(inbox("two", "olga"))).isEqualTo(1);
	}

	/**
	 * Writers stand for instances: each has a client of its own, hands in overlapping
	 * batches, and hands in again. The reader resumes at the largest cursor that it saw.
	 */
	@Test
	void letsAReaderByCursorMissNothingWhileManyWrite() throws Exception {
		long seed = System.nanoTime();
		System.out.println("seed " + seed);
		InboxId olga = inbox("race", "olga");
		InboxId anton = inbox("race", "anton");
		List<String> events = IntStream.range(0, 1200).mapToObj((i) -> "event-" + i).toList();
		AtomicBoolean done = new AtomicBoolean();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<List<FiledAlert>> reader = threads.submit(() -> readToTheEnd(inboxes(), olga, done));
			List<Future<?>> writers = new ArrayList<>();
			for (int writer = 0; writer < 6; writer++) {
				Random random = new Random(seed + writer);
				writers.add(threads.submit(() -> write(inboxes(), List.of(olga, anton), events, random)));
			}
			for (Future<?> writer : writers) {
				writer.get();
			}
			done.set(true);
			List<FiledAlert> read = reader.get();
			assertThat(read).extracting(FiledAlert::cursor)
				.containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
			assertThat(read).extracting((filed) -> filed.alert().event()).containsExactlyInAnyOrderElementsOf(events);
		}
		assertThat(inboxes().unread(anton)).isEqualTo(events.size());
		assertThat(cursors(inboxes().after(anton, 0, 10_000)))
			.containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
	}

	@Test
	void neverUsesANumberAgainAfterAlertsExpired() {
		Inboxes inboxes = inboxes();
		InboxId olga = inbox("expiry", "olga");
		String[] events = IntStream.range(0, 99).mapToObj((i) -> "e" + i).toArray(String[]::new);
		file(inboxes, olga, events);
		assertThat(file(inboxes, olga, "a", "b")).containsExactly(100L, 101L);
		assertThat(inboxes.last(olga)).isEqualTo(101);
		expire();
		long last = inboxes.last(olga);
		assertThat(last).isGreaterThanOrEqualTo(101);
		assertThat(file(inboxes, olga, "c", "d")).containsExactly(last + 1, last + 2);
		assertThat(inboxes.last(olga)).isEqualTo(last + 2);
		expire();
		assertThat(file(inboxes, olga, "e").getFirst()).isGreaterThan(last + 2);
	}

	private static List<Long> file(Inboxes inboxes, InboxId inbox, String... events) {
		List<FiledAlert> filed = inboxes.file(alerts(inbox, events));
		mails().note(filed);
		return cursors(filed);
	}

	private static void expire() {
		Mono.from(test.database().getCollection("alerts").deleteMany(new Document("organization", "expiry")))
			.block(SOON);
	}

	@Test
	void changesTheExpiryWhenItIsConfiguredAnew() {
		inboxes(Duration.ofDays(90)).unread(inbox("ttl", "olga"));
		inboxes(Duration.ofDays(30)).unread(inbox("ttl", "olga"));
		assertThat(Flux.from(test.database().getCollection("alerts").listIndexes())
			.filter((index) -> index.getString("name").equals("expiry"))
			.map((index) -> index.get("expireAfterSeconds", Number.class).longValue())
			.blockLast(SOON)).isEqualTo(Duration.ofDays(30).toSeconds());
	}

	@Test
	void countsUnreadRightWhenManyMarkAtOnce() throws Exception {
		Inboxes inboxes = inboxes();
		InboxId olga = inbox("unread", "olga");
		List<String> events = IntStream.range(0, 200).mapToObj((i) -> "e" + i).toList();
		inboxes.file(alerts(olga, events.toArray(String[]::new)));
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> marking = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				String alert = "olga:e" + i % 50;
				marking.add(threads.submit(() -> inboxes.markRead(olga, alert)));
			}
			marking.add(threads.submit(() -> inboxes.markAllRead(olga, 20)));
			for (int i = 0; i < 10; i++) {
				String event = "new" + i;
				marking.add(threads.submit(() -> inboxes.file(alerts(olga, event))));
			}
			for (Future<?> one : marking) {
				one.get();
			}
		}
		assertThat(inboxes.unread(olga)).isEqualTo(160);
		assertThat(inboxes.page(olga, null, true, 500)).hasSize(160);
		assertThat(inboxes.markRead(olga, "olga:never")).isFalse();
		assertThat(inboxes.markRead(inbox("unread", "anton"), "olga:e0")).isFalse();
	}

	@Test
	void filesAThousandAlertsWithOneWrite() {
		Inboxes inboxes = inboxes();
		InboxId olga = inbox("thousand", "olga");
		inboxes.file(alerts(olga, "first"));
		String[] events = IntStream.range(0, 1000).mapToObj((i) -> "e" + i).toArray(String[]::new);
		long begun = System.nanoTime();
		inboxes.file(alerts(olga, events));
		System.out.printf("1000 alerts filed in %d ms%n", (System.nanoTime() - begun) / 1_000_000);
		assertThat(inboxes.last(olga)).isEqualTo(1001);
	}

	private static List<FiledAlert> readToTheEnd(Inboxes inboxes, InboxId inbox, AtomicBoolean done) {
		List<FiledAlert> read = new ArrayList<>();
		while (true) {
			boolean last = done.get();
			long cursor = read.isEmpty() ? 0 : read.getLast().cursor();
			List<FiledAlert> page = inboxes.after(inbox, cursor, 37);
			read.addAll(page);
			if (last && page.isEmpty()) {
				return read;
			}
		}
	}

	private static void write(Inboxes inboxes, List<InboxId> owners, List<String> events, Random random) {
		List<String> mine = new ArrayList<>(events);
		Collections.shuffle(mine, random);
		for (int from = 0; from < mine.size();) {
			int to = Math.min(mine.size(), from + 1 + random.nextInt(60));
			List<Alert> batch = new ArrayList<>();
			for (InboxId inbox : owners) {
				batch.addAll(alerts(inbox, mine.subList(from, to).toArray(String[]::new)));
			}
			List<FiledAlert> filed = inboxes.file(batch);
			assertThat(new HashSet<>(filed)).hasSize(batch.size());
			// Every now and then a batch comes again.
			from = (random.nextInt(4) == 0) ? from : to;
		}
	}

	private static List<Long> cursors(List<FiledAlert> alerts) {
		return alerts.stream().map(FiledAlert::cursor).toList();
	}

	private static Inboxes inboxes() {
		return inboxes(Duration.ofDays(90));
	}

	private static Inboxes inboxes(Duration kept) {
		return new MongoInboxes(test.database(), mails(), kept, InstantSource.system());
	}

	private static MongoMails mails() {
		return new MongoMails(test.database(), Duration.ofMinutes(1), InstantSource.system());
	}

	private static InboxId inbox(String organization, String recipient) {
		return new InboxId(new OrganizationId(organization), recipient);
	}

	private static List<Alert> alerts(InboxId inbox, String... events) {
		return List.of(events)
			.stream()
			.map((event) -> new Alert(inbox, event, "AccountChanged.CREATED", Severity.INFO,
					new Text(event, List.of("body"), null, List.of()), null, Tally.NONE, true, Alert.Mailing.NONE,
					Instant.EPOCH))
			.toList();
	}

}
