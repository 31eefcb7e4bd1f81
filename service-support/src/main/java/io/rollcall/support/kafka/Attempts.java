package io.rollcall.support.kafka;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
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

	private static final Duration OUTSIDE = Duration.ofSeconds(2);

	private Attempts() {
	}

	static BackOff backOff() {
		ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
		backOff.setMaxInterval(10_000);
		return backOff;
	}

	/**
	 * What fails in a consumer's loop outside any listener: Spring Kafka asks again at
	 * once, which fills a disk with stacks. Pauses on the consumer's own thread; ends
	 * early when the container stops, and stops it when the thread is interrupted.
	 */
	static void failedOutsideTheListener(Exception failure, MessageListenerContainer container) {
		log.warn("Reading in container {} failed and is tried again in {}: {}", container.getListenerId(), OUTSIDE,
				NestedExceptionUtils.getMostSpecificCause(failure).toString());
		log.debug("Reading failed", failure);
		try {
			ListenerUtils.stoppableSleep(container, OUTSIDE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			// From another thread: the container's stop may wait for this one.
			Thread.ofVirtual().name("stop-interrupted").start(container::stop);
		}
	}

	static void failed(int attempt, String what, Throwable failure) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		if (attempt == 1) {
			log.warn("{} failed and is tried again until it succeeds: {}", what, root.toString(), root);
		}
		else {
			log.warn("{} failed, attempt {}: {}", what, attempt, root.toString());
		}
	}

}
