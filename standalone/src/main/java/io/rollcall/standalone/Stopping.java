package io.rollcall.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops what was started, the last first, when this JVM is told to end. */
final class Stopping implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Stopping.class);

	private final Deque<AutoCloseable> running = new ArrayDeque<>();

	private final Narrator narrator;

	private final CountDownLatch stopped;

	private boolean over;

	Stopping(Narrator narrator, CountDownLatch stopped) {
		this.narrator = narrator;
		this.stopped = stopped;
	}

	/** Whatever is given later stops earlier. */
	<T extends AutoCloseable> T first(T piece) {
		synchronized (this.running) {
			this.running.push(piece);
			if (this.over) {
				closeAll();
			}
		}
		return piece;
	}

	@Override
	public void run() {
		synchronized (this.running) {
			this.over = true;
			if (!this.running.isEmpty()) {
				this.narrator.stops();
				closeAll();
				this.narrator.stopped();
			}
		}
		this.stopped.countDown();
	}

	private void closeAll() {
		while (!this.running.isEmpty()) {
			try {
				this.running.pop().close();
			}
			catch (Exception ex) {
				logger.error("Something did not stop in order", ex);
			}
		}
	}

}
