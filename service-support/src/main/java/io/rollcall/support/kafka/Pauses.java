package io.rollcall.support.kafka;

import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A pause that grows with each attempt, on a consumer's own thread; far shorter than what
 * the group allows between two polls.
 */
final class Pauses {

	private static final long FIRST_MILLIS = 200;

	private static final long LONGEST_MILLIS = 10_000;

	private static final int DOUBLINGS = 6;

	private Pauses() {
	}

	/** How long to wait after so many failures in a row. */
	static long millisAfter(int attempt) {
		return Math.min(FIRST_MILLIS << Math.min(attempt - 1, DOUBLINGS), LONGEST_MILLIS);
	}

	/** Ends early when the container stops; stops it when the thread is interrupted. */
	static void after(int attempt, MessageListenerContainer container) {
		try {
			ListenerUtils.stoppableSleep(container, millisAfter(attempt));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			// From another thread: the container's stop may wait for this one.
			Thread.ofVirtual().name("stop-interrupted").start(container::stop);
		}
	}

}
