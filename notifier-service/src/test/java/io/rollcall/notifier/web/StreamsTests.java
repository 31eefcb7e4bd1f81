package io.rollcall.notifier.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Tally;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.Wrapped;
import io.rollcall.notifier.flow.InboxListeners;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoMails;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Following an inbox, on a real MongoDB. */
class StreamsTests {

	private static final InboxId OLGA = new InboxId(new OrganizationId("acme"), "olga");

	private static final int MANY = 1_000;

	private final InboxListeners listeners = new InboxListeners();

	private TestDatabase test;

	private Inboxes inboxes;

	@BeforeEach
	void start() {
		this.test = new TestDatabase("notifier-streams");
		this.inboxes = new MongoInboxes(this.test.database(),
				new MongoMails(this.test.database(), Duration.ofMinutes(1), InstantSource.system()),
				Duration.ofDays(90), InstantSource.system());
	}

	@AfterEach
	void stop() {
		this.test.close();
	}

	@Test
	void missesNothingThatComesWhileItLooksAndDoesNotLookUnlessItIsWoken() throws InterruptedException {
		CountDownLatch looks = new CountDownLatch(1);
		CountDownLatch goesOn = new CountDownLatch(1);
		AtomicInteger looked = new AtomicInteger();
		Inboxes slow = Wrapped.before(Inboxes.class, this.inboxes, "after", (arguments) -> {
			looked.incrementAndGet();
			looks.countDown();
			try {
				goesOn.await();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		});
		Queue<String> read = new ConcurrentLinkedQueue<>();
		Streams streams = new Streams(slow, this.listeners, Duration.ofHours(1));
		Disposable stream = streams.alerts(OLGA, 0).subscribe((alert) -> read.add(alert.alert().event()));
		assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < MANY; i++) {
			this.listeners.wake(OLGA);
		}
		goesOn.countDown();
		file("first");
		await().untilAsserted(() -> assertThat(read).containsExactly("first"));
		this.listeners.wakeAll();
		this.listeners.wake(new InboxId(OLGA.organization(), "anton"));
		file("second");
		await().untilAsserted(() -> assertThat(read).containsExactly("first", "second"));
		assertThat(looked.get()).isLessThan(10);
		stream.dispose();
		int before = looked.get();
		this.listeners.wake(OLGA);
		assertThat(looked.get()).isEqualTo(before);
	}

	private void file(String event) {
		this.inboxes.file(List.of(new Alert(OLGA, event, "AccountChanged.CREATED", Severity.INFO,
				new Text(event, List.of(), null, List.of()), null, Tally.NONE, true, Alert.Mailing.NONE,
				Instant.EPOCH)));
		this.listeners.wake(OLGA);
	}

}
