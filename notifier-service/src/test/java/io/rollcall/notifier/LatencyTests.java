package io.rollcall.notifier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.test.RealServices;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How long a change takes from the change log into the inbox; prints what it measured.
 */
class LatencyTests {

	private static final int CHANGES = 250;

	private static final int A_SECOND = 50;

	/** The bound is wide because the machine may be busy with other tests. */
	@Test
	void bringsFiftyChangesASecondIntoTheInboxInTime() {
		try (RunningNotifier notifier = RunningNotifier.start(RealServices.freshMongoDatabase("notifier-latency"),
				Map.of());
				Events events = new Events();
				ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor()) {
			notifier.putRecipients("latency", "olga:OWNER:EN", "anton:ADMIN:DE", "vera:VIEWER:EN");
			AtomicInteger warm = new AtomicInteger();
			while (warm.getAndIncrement() < 100) {
				events.publish(Events.created("latency", "warm-" + warm.get()));
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> notifier.unread("latency", "olga") == 100);
			try (OpenStream stream = notifier.follow("latency", "olga", null)) {
				AtomicInteger sent = new AtomicInteger();
				ticks.scheduleAtFixedRate(() -> {
					if (sent.incrementAndGet() <= CHANGES) {
						events.publish(Events.created("latency", "person-" + sent.get()));
					}
				}, 0, 1000 / A_SECOND, TimeUnit.MILLISECONDS);
				await().atMost(Duration.ofSeconds(60)).until(() -> stream.alerts().size() == CHANGES);
				List<Long> filed = new ArrayList<>();
				List<Long> streamed = new ArrayList<>(stream.delays());
				for (JsonNode alert : stream.alerts()) {
					filed.add(
							Duration
								.between(Instant.parse(alert.get("at").asString()),
										Instant.parse(alert.get("filedAt").asString()))
								.toMillis());
				}
				System.out.printf(
						"change to being numbered: p50 %d ms, p99 %d ms; to the open stream: p50 %d ms, p99 %d ms%n",
						percentile(filed, 50), percentile(filed, 99), percentile(streamed, 50),
						percentile(streamed, 99));
				assertThat(percentile(streamed, 99)).isLessThan(5000);
			}
		}
	}

	private static long percentile(List<Long> values, int percent) {
		return values.stream().sorted().toList().get(values.size() * percent / 100);
	}

}
