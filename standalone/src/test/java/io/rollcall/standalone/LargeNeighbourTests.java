package io.rollcall.standalone;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One tenant's first sync does not hold up another tenant's renames: each is in the inbox
 * long before the neighbour is done, however many people the neighbour has. All of it,
 * the simulated Graph too, shares this one process, so the times are logged and compared
 * with each other, and not with a clock; {@code -Dneighbours=100000} takes a neighbour of
 * that size.
 */
class LargeNeighbourTests {

	private static final Logger log = LoggerFactory.getLogger(LargeNeighbourTests.class);

	private static final int NEIGHBOURS = Integer.getInteger("neighbours", 10_000);

	/** Behind a neighbour that is not held back, a rename waits for most of its sync. */
	private static final int TIMES_FASTER = 3;

	private static final String APP = "7d1c5b1e-6c7a-4c56-9a3e-0a4d3f1b2c99";

	@Test
	@Timeout(value = 20, unit = TimeUnit.MINUTES)
	void renamesArriveInTimeWhileTheNeighbourIsReadForTheFirstTime() {
		try (RunningRollcall rollcall = RunningRollcall.start(200);
				RunTopic runs = new RunTopic(RealServices.kafkaBrokers())) {
			rollcall.awaitFirstSync();
			String grace = rollcall.tenant().actOn("hire Grace Hopper");
			rename(rollcall, grace, 0);
			long begin = System.nanoTime();
			large(rollcall);
			List<Duration> times = new ArrayList<>();
			while (runs.completed().noneMatch(LargeNeighbourTests::isLarge)) {
				times.add(rename(rollcall, grace, times.size() + 1));
			}
			Duration neighbour = Duration.ofNanos(System.nanoTime() - begin);
			log.info("Times in ms: {}", times.stream().map(Duration::toMillis).toList());
			Collections.sort(times);
			log.info("{} renames beside the first sync of {} users in {} s: median {} ms, longest {} ms", times.size(),
					NEIGHBOURS, neighbour.toSeconds(), times.get(times.size() / 2).toMillis(),
					times.getLast().toMillis());
			rollcall.awaitTruth();
			assertThat(times).as("renames while the neighbour was read").hasSizeGreaterThan(5);
			assertThat(times).allSatisfy((time) -> assertThat(time).isLessThan(neighbour.dividedBy(TIMES_FASTER)));
		}
	}

	/** Renames a person and waits for the alert. */
	private static Duration rename(RunningRollcall rollcall, String person, int number) {
		String name = "Grace Hopper " + number;
		long begin = System.nanoTime();
		rollcall.tenant().act("rename %s \"%s\"".formatted(person, name));
		Awaitility.await(name)
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(25))
			.until(() -> rollcall.alerts().stream().anyMatch((alert) -> alert.path("title").asString().contains(name)));
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	/** Another organization, with a tenant of its own, is connected. */
	private static void large(RunningRollcall rollcall) {
		URI control = rollcall.tenant().control("").resolve("/control/tenants");
		Rest.post(control, "application/json",
				"{\"users\":%d,\"seed\":9,\"domain\":\"large.example\"}".formatted(NEIGHBOURS));
		Rest.put(URI.create(control + "/large.example/apps/" + APP), "{\"secret\":\"large-secret\"}");
		URI connections = rollcall.connector().resolve("/api/connections");
		Rest.post(connections, "application/json", """
				{"id":"large","organization":"large","name":"Large","tenant":"large.example",
				"clientId":"%s","clientSecret":"large-secret"}""".formatted(APP));
		Rest.post(URI.create(connections + "/large/activate"), "application/json", "");
	}

	private static boolean isLarge(JsonNode run) {
		return "large".equals(run.path("connection").asString()) && "FULL".equals(run.path("mode").asString());
	}

}
