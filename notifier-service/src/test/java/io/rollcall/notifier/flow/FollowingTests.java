package io.rollcall.notifier.flow;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Following an inbox into which more comes than a reader looks for. */
class FollowingTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final InboxId OLGA = new InboxId(new OrganizationId("acme"), "olga");

	private static final int MANY = 1_000;

	private final Arrivals arrivals = new Arrivals();

	private TestDatabase test;

	private Inboxes inboxes;

	@BeforeEach
	void start() {
		this.test = new TestDatabase("notifier-following");
		this.inboxes = new MongoInboxes(this.test.database(), Duration.ofDays(90), InstantSource.system());
	}

	@AfterEach
	void stop() {
		this.test.close();
	}

	@Test
	void missesNothingThatComesWhileItLooks() throws InterruptedException {
		CountDownLatch looks = new CountDownLatch(1);
		CountDownLatch seen = new CountDownLatch(1);
		Following following = new Following(stopping(looks, seen), this.arrivals, Duration.ofHours(1));
		Queue<String> read = new ConcurrentLinkedQueue<>();
		following.follow(OLGA, 0).subscribe((alert) -> read.add(alert.alert().event()));
		assertThat(looks.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < MANY; i++) {
			this.arrivals.announce(OLGA);
		}
		seen.countDown();
		file("first");
		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(read).containsExactly("first"));
		following.end();
	}

	/** The inboxes, but whoever looks into one stops there. */
	private Inboxes stopping(CountDownLatch looks, CountDownLatch goesOn) {
		return (Inboxes) Proxy.newProxyInstance(Inboxes.class.getClassLoader(), new Class<?>[] { Inboxes.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("after")) {
						looks.countDown();
						goesOn.await();
					}
					return method.invoke(this.inboxes, arguments);
				});
	}

	private void file(String event) {
		this.inboxes
			.file(List.of(new Alert(OLGA, event, "AccountCreated", Severity.INFO, event, "body", null, Instant.EPOCH)))
			.block(SOON);
		this.arrivals.announce(OLGA);
	}

}
