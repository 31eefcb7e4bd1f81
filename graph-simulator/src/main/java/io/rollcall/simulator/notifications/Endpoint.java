package io.rollcall.simulator.notifications;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.rollcall.simulator.json.JsonBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One notification URL: gathers what is due, posts it, tries again. */
final class Endpoint implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

	private static final int POSTS_AT_ONCE = 16;

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

	private final URI url;

	private final HttpClient client;

	private final ScheduledExecutorService timer;

	private final InstantSource clock;

	private final DeliveryCounts counts;

	private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

	private final Semaphore atOnce = new Semaphore(POSTS_AT_ONCE);

	private final HostJudgement judgement;

	private final Random random = new Random(2);

	private List<Notification> gathered = new ArrayList<>();

	Endpoint(String url, HttpClient client, ScheduledExecutorService timer, InstantSource clock, DeliveryCounts counts,
			HostJudgement judgement) {
		this.judgement = judgement;
		this.url = URI.create(url);
		this.client = client;
		this.timer = timer;
		this.clock = clock;
		this.counts = counts;
	}

	/** Takes a notification on, unless the host is too slow for it. */
	void offer(Notification notification, DeliverySettings how) {
		switch (this.judgement.state(this.clock.millis())) {
			case DROP -> this.counts.dropped(1);
			case SLOW ->
				this.timer.schedule(() -> gather(notification, how), how.judged().toMillis(), TimeUnit.MILLISECONDS);
			case FINE -> gather(notification, how);
		}
	}

	@Override
	public void close() {
		this.senders.shutdownNow();
	}

	/** The first one waits for others to share its way. */
	private synchronized void gather(Notification notification, DeliverySettings how) {
		this.gathered.add(notification);
		if (this.gathered.size() == 1) {
			this.timer.schedule(() -> post(take(how), how, 0), how.latency().toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private synchronized List<Notification> take(DeliverySettings how) {
		List<Notification> taken = this.gathered;
		this.gathered = new ArrayList<>();
		if (how.reordered()) {
			Collections.shuffle(taken, this.random);
		}
		return taken;
	}

	private void post(List<Notification> due, DeliverySettings how, int attempt) {
		for (int from = 0; from < due.size(); from += how.batchSize()) {
			List<Notification> batch = due.subList(from, Math.min(due.size(), from + how.batchSize()));
			this.senders.execute(() -> attempt(batch, how, attempt));
		}
	}

	private void attempt(List<Notification> batch, DeliverySettings how, int attempt) {
		try {
			this.atOnce.acquire();
			try {
				long began = this.clock.millis();
				boolean taken = send(batch, (attempt == 0) ? how.firstTimeout() : how.retryTimeout());
				Duration took = Duration.ofMillis(this.clock.millis() - began);
				boolean slow = took.compareTo((attempt == 0) ? how.firstTimeout() : how.retryTimeout()) >= 0;
				this.judgement.answered(attempt > 0, slow, this.clock.millis(), how.judged());
				settle(batch, how, attempt, taken);
			}
			finally {
				this.atOnce.release();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean send(List<Notification> batch, Duration timeout) throws InterruptedException {
		JsonBytes json = new JsonBytes(batch.size() * 640).object().name("value").array();
		batch.forEach((notification) -> notification.write(json));
		HttpRequest request = HttpRequest.newBuilder(this.url)
			.timeout(timeout)
			.header("Content-Type", "application/json; charset=utf-8")
			.POST(HttpRequest.BodyPublishers.ofByteArray(json.endArray().endObject().toBytes()))
			.build();
		this.counts.posted();
		try {
			int status = this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
			return status >= 200 && status < 300;
		}
		catch (IOException ex) {
			log.debug("{} took no notification: {}", this.url, ex.toString());
			return false;
		}
	}

	private void settle(List<Notification> batch, DeliverySettings how, int attempt, boolean taken) {
		if (taken) {
			this.counts.delivered(batch.size());
			return;
		}
		long age = this.clock.millis() - batch.getFirst().since();
		if (age > how.giveUp().toMillis()) {
			this.counts.dropped(batch.size());
			log.warn("{} notifications to {} are given up after {}", batch.size(), this.url, how.giveUp());
			return;
		}
		this.counts.retried(batch.size());
		long pause = Math.min(LONGEST_PAUSE.toMillis(), how.firstRetry().toMillis() << Math.min(attempt, 20));
		this.timer.schedule(() -> post(batch, how, attempt + 1), pause, TimeUnit.MILLISECONDS);
	}

}
