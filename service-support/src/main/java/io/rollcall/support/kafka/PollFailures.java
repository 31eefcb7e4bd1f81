package io.rollcall.support.kafka;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What fails in a consumer's loop outside any listener. Spring Kafka asks again at once,
 * which fills a disk with stacks; here a pause follows that grows while it lasts.
 */
final class PollFailures {

	private static final Logger log = LoggerFactory.getLogger(PollFailures.class);

	/** A failure this long after the last one is the first of its own. */
	private static final long CALM_NANOS = Duration.ofMinutes(1).toNanos();

	/** Each consumer has a thread of its own. */
	private final ThreadLocal<Streak> streaks = ThreadLocal.withInitial(() -> new Streak(0, 0));

	void handle(Exception failure, MessageListenerContainer container) {
		Streak before = this.streaks.get();
		boolean calm = before.count() == 0 || System.nanoTime() - before.lastNanos() > CALM_NANOS;
		int attempt = calm ? 1 : before.count() + 1;
		FailureLog.failed(log, attempt, "Reading in container " + container.getListenerId(), failure);
		Pauses.after(attempt, container);
		this.streaks.set(new Streak(attempt, System.nanoTime()));
	}

	/** Failures of one thread in a row. */
	private record Streak(int count, long lastNanos) {
	}

}
