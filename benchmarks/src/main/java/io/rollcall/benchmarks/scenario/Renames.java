package io.rollcall.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Http;
import io.rollcall.benchmarks.pipe.Services;
import tools.jackson.databind.JsonNode;

/**
 * People renamed in the directory, and when each new name was in an inbox that somebody
 * follows: notification, hint, delta, apply, change, alert, server-sent event. Each
 * rename has a name of its own, by which its alert is known.
 */
final class Renames implements AutoCloseable {

	/** What a record or an alert about a rename says; its number is the group. */
	static final Pattern NAME = Pattern.compile("Zoe Quick(\\d+)q");

	private static final AtomicInteger SERIES = new AtomicInteger();

	/** A rename to the name that somebody has already would change nothing. */
	private final String series = "s" + SERIES.incrementAndGet();

	private final Pattern newName = Pattern.compile("(?:is now|heißt jetzt) Zoe Quick(\\d+)q" + this.series + "\\b");

	private final Furniture furniture;

	private final Graph.Tenant tenant;

	private final List<String> people;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final Map<Integer, Long> sent = new ConcurrentHashMap<>();

	private final Map<Integer, Long> sentMillis = new ConcurrentHashMap<>();

	private final Map<Integer, Long> arrived = new ConcurrentHashMap<>();

	Renames(Furniture furniture, Services services, FirstSync.Synced synced) {
		this.furniture = furniture;
		this.tenant = synced.tenant();
		this.people = people(services, synced.connection());
		awaitSubscriptions();
		follow(services, synced.connection());
	}

	/** Renames one of them; returns at once. */
	void rename(int n) {
		this.threads.submit(() -> {
			this.sent.put(n, System.nanoTime());
			this.sentMillis.put(n, System.currentTimeMillis());
			this.furniture.graph()
				.act(this.tenant, "rename %s \"Zoe Quick%dq%s\"".formatted(person(n), n, this.series));
		});
	}

	/** Whether all so many are in the inbox before the time is over. */
	boolean await(int renames, Duration longest) {
		long end = System.nanoTime() + longest.toNanos();
		while (this.arrived.size() < renames && System.nanoTime() < end) {
			Http.pause(20);
		}
		return this.arrived.size() >= renames;
	}

	String person(int n) {
		return this.people.get(n % this.people.size());
	}

	int sent() {
		return this.sent.size();
	}

	/** When each was made, in milliseconds since 1970. */
	Map<Integer, Long> sentMillis() {
		return this.sentMillis;
	}

	/** How long the renames with these numbers took, of those that arrived. */
	List<Long> times(int from, int to) {
		List<Long> times = new ArrayList<>();
		this.arrived.forEach((n, at) -> {
			if (from <= n && n < to) {
				times.add(at - this.sent.getOrDefault(n, at));
			}
		});
		return times;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/** Calls at a steady rate, whatever each call takes. */
	static void atRate(int times, int perSecond, IntConsumer call) {
		long begun = System.nanoTime();
		for (int n = 0; n < times; n++) {
			long due = begun + n * 1_000_000_000L / perSecond;
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			call.accept(n);
		}
	}

	private void follow(Services services, String connection) {
		var stream = Http.client()
			.sendAsync(Http
				.to(services.url("notifier") + "/api/organizations/" + connection + "/recipients/owner/alerts/stream")
				.timeout(Duration.ofHours(2))
				.header("Accept", "text/event-stream")
				.build(), java.net.http.HttpResponse.BodyHandlers.ofLines())
			.join();
		if (stream.statusCode() != 200) {
			throw new IllegalStateException("the inbox cannot be followed: " + stream.statusCode());
		}
		Stream<String> lines = stream.body();
		this.threads.submit(() -> lines.forEach(this::line));
	}

	private void line(String line) {
		Matcher matcher = this.newName.matcher(line);
		if (matcher.find()) {
			this.arrived.putIfAbsent(Integer.valueOf(matcher.group(1)), System.nanoTime());
		}
	}

	private void awaitSubscriptions() {
		long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
		while (this.furniture.graph().subscriptions(this.tenant) < 2) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("the connector has not subscribed within 2 minutes");
			}
			Http.pause(200);
		}
	}

	private static List<String> people(Services services, String connection) {
		List<String> people = new ArrayList<>();
		JsonNode page = Http.get(
				services.url("reconciler") + "/api/organizations/" + connection + "/accounts?status=ACTIVE&limit=1000");
		page.valueStream()
			.filter(JsonNode::isArray)
			.forEach((accounts) -> accounts.forEach((account) -> people.add(account.path("object").asString(""))));
		people.removeIf(String::isEmpty);
		if (people.isEmpty()) {
			throw new IllegalStateException("the organization " + connection + " has no accounts");
		}
		return people;
	}

}
