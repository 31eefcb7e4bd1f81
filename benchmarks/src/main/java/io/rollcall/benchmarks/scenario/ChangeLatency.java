package io.rollcall.benchmarks.scenario;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Http;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.benchmarks.process.Usage;
import org.bson.Document;

/**
 * How long it takes from a rename in the directory until it is in an inbox that somebody
 * follows: notification, hint, delta, apply, change log, alert, server-sent event. Each
 * rename has a name of its own, by which its alert is known.
 */
public final class ChangeLatency {

	private static final int PER_SECOND = 50;

	private static final int PARTS = 3;

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(45);

	private static final Pattern NEW_NAME = Pattern.compile("is now Zoe Quick(\\d+)q");

	private static final Pattern ANY_NAME = Pattern.compile("Zoe Quick(\\d+)q");

	private final Furniture furniture;

	private final Services services;

	private final Watch watch;

	private final Report report;

	private final Map<Integer, Long> sent = new ConcurrentHashMap<>();

	private final Map<Integer, Long> sentMillis = new ConcurrentHashMap<>();

	private final Map<Integer, Long> arrived = new ConcurrentHashMap<>();

	public ChangeLatency(Furniture furniture, Services services, Watch watch, Report report) {
		this.furniture = furniture;
		this.services = services;
		this.watch = watch;
		this.report = report;
	}

	public void run(Graph.Tenant tenant, String connection, Duration during) {
		awaitSubscriptions(tenant);
		Spent idle = spent(() -> Http.pause(IDLE.toMillis()));
		List<String> people = people(connection);
		int changes = (int) (during.toSeconds() * PER_SECOND);
		Report.progress("%,d renames at %d/s among %,d people".formatted(changes, PER_SECOND, people.size()));
		Trail trail = new Trail(this.watch, ANY_NAME);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			follow(connection, threads);
			Spent changing = spent(() -> atRate(changes,
					(n) -> threads.submit(() -> rename(tenant, people.get(n % people.size()), n))));
			report(idle, changing);
			long end = System.nanoTime() + PATIENCE.toNanos();
			while (this.arrived.size() < changes && System.nanoTime() < end) {
				Http.pause(100);
			}
			threads.shutdownNow();
		}
		report(changes);
		Map<String, Integer> renamed = new HashMap<>();
		for (int n = 0; n < Math.min(changes, people.size()); n++) {
			renamed.put(people.get(n), n);
		}
		trail.report(this.report, this.sentMillis, renamed);
	}

	private void report(int changes) {
		List<Long> times = times(0, changes);
		Percentiles all = Percentiles.ofNanos(times);
		this.report.atMost("change → account → inbox, p50 at 50 changes/s", 300, all.at(0.5), "ms");
		this.report.atMost("change → account → inbox, p99 at 50 changes/s", 1_500, all.at(0.99), "ms");
		List<List<String>> rows = new ArrayList<>();
		rows.add(row("all", changes, times));
		for (int part = 0; part < PARTS; part++) {
			int from = changes * part / PARTS;
			int to = changes * (part + 1) / PARTS;
			rows.add(row("from second %d on".formatted(from / PER_SECOND), to - from, times(from, to)));
		}
		this.report.table("Change → inbox at %d changes/s".formatted(PER_SECOND),
				List.of("renames", "number", "arrived", "p50 ms", "p90 ms", "p99 ms", "longest ms"), rows);
		if (times.size() < changes) {
			this.report.note("**%,d of %,d renames did not reach the inbox within %s of the last one**"
				.formatted(changes - times.size(), changes, PATIENCE));
		}
	}

	/** How long the renames with these numbers took, of those that arrived. */
	private List<Long> times(int from, int to) {
		List<Long> times = new ArrayList<>();
		this.arrived.forEach((n, at) -> {
			if (from <= n && n < to) {
				times.add(at - this.sent.getOrDefault(n, at));
			}
		});
		return times;
	}

	private static List<String> row(String which, int number, List<Long> times) {
		Percentiles all = Percentiles.ofNanos(times);
		return List.of(which, "%,d".formatted(number), "%,d".formatted(times.size()), Report.number(all.at(0.5)),
				Report.number(all.at(0.9)), Report.number(all.at(0.99)), Report.number(all.at(1)));
	}

	/** CPU seconds of each process in each second. */
	private record Spent(Map<String, Double> cores) {
	}

	private Spent spent(Runnable meanwhile) {
		Map<String, Usage> before = this.services.usageWith(this.furniture);
		long begun = System.nanoTime();
		meanwhile.run();
		double seconds = (System.nanoTime() - begun) / 1e9;
		Map<String, Double> cores = new LinkedHashMap<>();
		this.services.usageWith(this.furniture)
			.forEach((process, usage) -> cores.put(process,
					usage.since(before.getOrDefault(process, Usage.NONE)).cpuSeconds() / seconds));
		return new Spent(cores);
	}

	private void report(Spent idle, Spent changing) {
		List<List<String>> rows = new ArrayList<>();
		changing.cores()
			.forEach((process, cores) -> rows.add(List.of(process,
					Report.number(idle.cores().getOrDefault(process, 0.0) * 1000), Report.number(cores * 1000))));
		this.report.table("CPU ms of a second: at rest after the sync, and at %d changes/s".formatted(PER_SECOND),
				List.of("process", "at rest", "changing"), rows);
	}

	/** Calls at a steady rate, whatever each call takes. */
	static void atRate(int times, java.util.function.IntConsumer call) {
		atRate(times, PER_SECOND, call);
	}

	static void atRate(int times, int perSecond, java.util.function.IntConsumer call) {
		long begun = System.nanoTime();
		for (int n = 0; n < times; n++) {
			long due = begun + n * 1_000_000_000L / perSecond;
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			call.accept(n);
		}
	}

	private void rename(Graph.Tenant tenant, String person, int n) {
		this.sent.put(n, System.nanoTime());
		this.sentMillis.put(n, System.currentTimeMillis());
		this.furniture.graph().act(tenant, "rename %s \"Zoe Quick%dq\"".formatted(person, n));
	}

	private void follow(String connection, ExecutorService threads) {
		HttpResponse<java.util.stream.Stream<String>> stream = Http.client()
			.sendAsync(Http
				.to(this.services.notifier() + "/api/organizations/" + connection + "/recipients/owner/alerts/stream")
				.timeout(Duration.ofMinutes(30))
				.header("Accept", "text/event-stream")
				.build(), HttpResponse.BodyHandlers.ofLines())
			.join();
		if (stream.statusCode() != 200) {
			throw new IllegalStateException("the inbox cannot be followed: " + stream.statusCode());
		}
		threads.submit(() -> stream.body().forEach(this::line));
	}

	private void line(String line) {
		Matcher matcher = NEW_NAME.matcher(line);
		if (matcher.find()) {
			this.arrived.putIfAbsent(Integer.valueOf(matcher.group(1)), System.nanoTime());
		}
	}

	private void awaitSubscriptions(Graph.Tenant tenant) {
		long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
		while (this.furniture.graph().subscriptions(tenant) < 2) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("the connector has not subscribed within 2 minutes");
			}
			Http.pause(200);
		}
	}

	private List<String> people(String connection) {
		List<String> people = new ArrayList<>();
		this.watch.collection("accounts")
			.find(new Document("organization", connection).append("status", "ACTIVE"))
			.projection(new Document("link.object", 1))
			.limit(3_000)
			.forEach((account) -> people.add(account.get("link", Document.class).getString("object")));
		return people;
	}

}
