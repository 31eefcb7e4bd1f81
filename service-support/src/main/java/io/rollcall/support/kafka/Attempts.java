package io.rollcall.support.kafka;

import java.time.Duration;

import io.rollcall.support.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What is tried again for ever: one line an attempt about the root cause, with its stack
 * the first time only, and a pause that grows up to 10 s, far shorter than what a group
 * allows between two polls. What wraps the cause names every header of every record,
 * which helps nobody.
 */
final class Attempts {

	private static final Logger log = LoggerFactory.getLogger(Attempts.class);

	private static final Backoff PAUSE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

	private static final double NO_JITTER = 1;

	/** A failure this long after the last one is the first of its own. */
	private static final long CALM_NANOS = Duration.ofMinutes(1).toNanos();

	/** Each consumer has a thread of its own. */
	private final ThreadLocal<Streak> streaks = ThreadLocal.withInitial(() -> new Streak(0, 0));

	/** The same pauses, for Spring Kafka. */
	static BackOff backOff() {
		ExponentialBackOff backOff = new ExponentialBackOff(PAUSE.first().toMillis(), 2);
		backOff.setMaxInterval(PAUSE.longest().toMillis());
		return backOff;
	}

	/**
	 * What fails in a consumer's loop outside any listener: Spring Kafka asks again at
	 * once, which fills a disk with stacks.
	 */
	void failedOutsideTheListener(Exception failure, MessageListenerContainer container) {
		Streak before = this.streaks.get();
		boolean calm = before.count() == 0 || System.nanoTime() - before.lastNanos() > CALM_NANOS;
		int attempt = calm ? 1 : before.count() + 1;
		failed(attempt, "Reading in container " + container.getListenerId(), failure);
		pause(attempt, container);
		this.streaks.set(new Streak(attempt, System.nanoTime()));
	}

	static void failed(int attempt, String what, Throwable failure) {
		Throwable root = root(failure);
		if (attempt == 1) {
			log.warn("{} failed and is tried again until it succeeds: {}", what, root.toString(), root);
		}
		else {
			log.warn("{} failed, attempt {}: {}", what, attempt, root.toString());
		}
	}

	static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	/**
	 * Pauses on the consumer's own thread; ends early when the container stops, and stops
	 * it when the thread is interrupted.
	 */
	static void pause(int attempt, MessageListenerContainer container) {
		try {
			ListenerUtils.stoppableSleep(container, PAUSE.after(attempt, NO_JITTER).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			// From another thread: the container's stop may wait for this one.
			Thread.ofVirtual().name("stop-interrupted").start(container::stop);
		}
	}

	/** Failures of one thread in a row. */
	private record Streak(int count, long lastNanos) {
	}

}
