package io.rollcall.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.ObjectObserved;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import org.jspecify.annotations.Nullable;

/**
 * How many observed users one core writes as Kafka records (headers and value) and reads
 * back in a second. Only shared-model takes part: no broker, no network. A second is one
 * of this thread's CPU time, so that a busy machine does not change the result; the
 * garbage collector's own threads are not in it.
 */
public final class EventFormatBenchmark {

	private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

	private static final int USERS = 10_000;

	private static final Duration WARM_UP = Duration.ofSeconds(4);

	private static final Duration ROUND = Duration.ofSeconds(3);

	private static final int ROUNDS = 3;

	private EventFormatBenchmark() {
	}

	public static void main(String[] args) {
		List<Envelope<?>> events = users(new Random(42));
		List<Written> records = events.stream().map(EventFormatBenchmark::write).toList();
		long bytes = records.stream().mapToLong((record) -> record.value().length).sum();
		System.out.printf("ObjectObserved: %d distinct users, %d bytes of JSON on average, one thread%n", USERS,
				bytes / USERS);
		measure("write", events, (event) -> write(event).value().length);
		measure("read", records, (record) -> switch (EventFormat.read(record.headers()::get, record.value())) {
			case EventFormat.Reading.Known known -> known.envelope().id().length();
			case EventFormat.Reading.Unknown unknown -> throw new IllegalStateException(unknown.toString());
			case EventFormat.Reading.Unreadable unreadable -> throw new IllegalStateException(unreadable.toString());
		});
	}

	private static Written write(Envelope<?> event) {
		return new Written(EventFormat.headers(event), EventFormat.value(event.event()));
	}

	private static <T> void measure(String name, List<T> items, ToIntFunction<T> work) {
		run(items, work, WARM_UP);
		for (int round = 1; round <= ROUNDS; round++) {
			System.out.printf("%-5s  round %d: %,9.0f events/s of CPU%n", name, round, run(items, work, ROUND));
		}
	}

	private static <T> double run(List<T> items, ToIntFunction<T> work, Duration time) {
		long start = CPU.getCurrentThreadCpuTime();
		long end = start + time.toNanos();
		long done = 0;
		long kept = 0;
		while (CPU.getCurrentThreadCpuTime() < end) {
			for (T item : items) {
				kept += work.applyAsInt(item);
			}
			done += items.size();
		}
		// The results are used, so that the compiler cannot leave the work out.
		if (kept == 0) {
			throw new IllegalStateException("nothing was done");
		}
		return done * 1e9 / (CPU.getCurrentThreadCpuTime() - start);
	}

	private static List<Envelope<?>> users(Random random) {
		List<Envelope<?>> events = new ArrayList<>();
		for (int i = 0; i < USERS; i++) {
			String object = "87d349ed-44d7-43e1-9a83-%012x".formatted(random.nextLong() & 0xffffffffffffL);
			Stamp stamp = new Stamp(Sequence.of(28_000_000, i / 200), i % 200);
			ObjectObserved event = new ObjectObserved(new OrganizationId("contoso"), new ConnectionId("contoso-entra"),
					new ObjectId(object), ObjectKind.USER, new RunId("run-2026-11-23-full"), stamp, 1,
					new Attributes(attributes(i)));
			events.add(new Envelope<>("contoso-entra:" + stamp, "/rollcall/connector",
					Instant.parse("2026-11-23T02:00:00.123Z").plusMillis(i), true, null, event));
		}
		return events;
	}

	private static Map<String, @Nullable Object> attributes(int i) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		attributes.put("displayName", "Adele Vance " + i);
		attributes.put("givenName", "Adele");
		attributes.put("surname", "Vance " + i);
		attributes.put("mail", "adele.vance" + i + "@contoso.com");
		attributes.put("userPrincipalName", "adele.vance" + i + "@contoso.onmicrosoft.com");
		attributes.put("accountEnabled", true);
		attributes.put("userType", "Member");
		attributes.put("jobTitle", "Retail Manager");
		attributes.put("department", (i % 3 == 0) ? null : "Sales " + i % 100);
		attributes.put("businessPhones", List.of("+1 425 555 0109"));
		return attributes;
	}

	private record Written(Map<String, byte[]> headers, byte[] value) {
	}

}
