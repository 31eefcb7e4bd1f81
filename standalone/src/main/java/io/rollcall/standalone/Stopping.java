package io.rollcall.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

import org.slf4j.LoggerFactory;

/**
 * Stops what was started, the last first, when this JVM is told to end. To be told so is
 * no failure, whatever the JVM makes of a signal: whoever started it sees exit code 0.
 */
final class Stopping implements Runnable {

	private final Deque<AutoCloseable> running = new ArrayDeque<>();

	private final Narrator narrator;

	private final CountDownLatch stopped;

	private boolean over;

	private volatile int exitCode;

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

	/** Ends this JVM, as a failure. */
	void fail() {
		this.exitCode = 1;
		System.exit(1);
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
		Runtime.getRuntime().halt(this.exitCode);
	}

	private void closeAll() {
		while (!this.running.isEmpty()) {
			try {
				this.running.pop().close();
			}
			catch (Exception ex) {
				// Late, as what is here exists before the log's place is known.
				LoggerFactory.getLogger(Stopping.class).error("Something did not stop in order", ex);
			}
		}
	}

}
