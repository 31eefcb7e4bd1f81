package io.rollcall.benchmarks.scenario;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Http;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import org.apache.kafka.common.TopicPartition;

/**
 * Change notifications at a steady rate, and whether each acknowledged one is on the
 * topic. A time counts from when the post was due, so that waiting in line is in it.
 */
public final class WebhookLoad {

	private static final int PER_SECOND = 500;

	private static final Duration DURING = Duration.ofSeconds(20);

	private final Furniture furniture;

	private final Services services;

	private final Watch watch;

	private final Report report;

	private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

	private final Collection<Long> times = new ConcurrentLinkedQueue<>();

	private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

	public WebhookLoad(Furniture furniture, Services services, Watch watch, Report report) {
		this.furniture = furniture;
		this.services = services;
		this.watch = watch;
		this.report = report;
	}

	public void run(Graph.Tenant tenant, String connection) {
		String clientState = clientState(tenant, connection);
		post(clientState, 500, 100);
		this.acknowledged.clear();
		this.times.clear();
		this.answers.clear();
		Map<TopicPartition, Long> before = this.watch.ends(Topics.HINTS);
		int posts = (int) DURING.toSeconds() * PER_SECOND;
		Report.progress("%,d posts to the webhook at %d/s".formatted(posts, PER_SECOND));
		long begun = System.nanoTime();
		post(clientState, posts, PER_SECOND);
		double seconds = (System.nanoTime() - begun) / 1e9;
		Set<String> lost = new HashSet<>(this.acknowledged);
		this.watch.read(Topics.HINTS, before, (record) -> {
			if (Watch.reading(record) instanceof EventFormat.Reading.Known<Event> known
					&& known.envelope().event() instanceof Hint.ChangeHinted hint && hint.object() != null) {
				lost.remove(hint.object().value());
			}
		});
		report(posts, seconds, lost.size());
	}

	private void report(int posts, double seconds, int lost) {
		Percentiles all = Percentiles.ofNanos(this.times);
		this.report.atMost("webhook, p99 at 500 posts/s", 100, all.at(0.99), "ms");
		this.report.table("Webhook at %d posts/s for %d s".formatted(PER_SECOND, DURING.toSeconds()),
				List.of("posts", "posts/s", "answers", "acknowledged", "of them not on the topic", "p50 ms", "p99 ms",
						"longest ms"),
				List.of(List.of("%,d".formatted(posts), Report.number(posts / seconds), this.answers.toString(),
						"%,d".formatted(this.acknowledged.size()), "%,d".formatted(lost), Report.number(all.at(0.5)),
						Report.number(all.at(0.99)), Report.number(all.at(1)))));
		if (lost > 0) {
			this.report.note("**%,d acknowledged hints are not on the topic**".formatted(lost));
		}
	}

	private void post(String clientState, int posts, int perSecond) {
		CompletableFuture<?>[] done = new CompletableFuture<?>[posts];
		long begun = System.nanoTime();
		Renames.atRate(posts, perSecond, (n) -> done[n] = post(clientState, begun + n * 1_000_000_000L / perSecond));
		CompletableFuture.allOf(done).join();
	}

	private CompletableFuture<?> post(String clientState, long due) {
		String object = UUID.randomUUID().toString();
		HttpRequest request = Http.to(this.services.url("connector") + "/graph/notifications")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(("{\"value\":[{\"subscriptionId\":\"%s\",\"clientState\":\"%s\","
					+ "\"changeType\":\"updated\",\"resource\":\"Users/%s\",\"resourceData\":{\"@odata.type\":"
					+ "\"#Microsoft.Graph.User\",\"id\":\"%s\"}}]}")
				.formatted(UUID.randomUUID(), clientState, object, object)))
			.build();
		return Http.client().sendAsync(request, HttpResponse.BodyHandlers.discarding()).handle((answer, failure) -> {
			this.times.add(System.nanoTime() - due);
			int status = (answer != null) ? answer.statusCode() : 0;
			this.answers.computeIfAbsent(status, (key) -> new AtomicInteger()).incrementAndGet();
			if (status == 202) {
				this.acknowledged.add(object);
			}
			return status;
		});
	}

	/** Learned by letting something happen. */
	private String clientState(Graph.Tenant tenant, String connection) {
		String source = Http.get(this.services.url("connector") + "/api/connections/" + connection)
			.path("source")
			.asString("");
		for (int tries = 0; tries < 60; tries++) {
			String known = this.services.relay().clientState(source);
			if (known != null) {
				return known;
			}
			this.furniture.graph().act(tenant, "set user:0 jobTitle \"Tester %d\"".formatted(tries));
			Http.pause(1_000);
		}
		throw new IllegalStateException("no notification came within a minute");
	}

}
