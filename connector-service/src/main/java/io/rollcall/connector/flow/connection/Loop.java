package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;

import io.rollcall.connector.flow.Ports;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does what is due, one thing after the other, and rests until more is. It
 * goes on after every failure, with growing pauses, until it is stopped.
 */
public abstract class Loop implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(Loop.class);

	protected final Ports ports;

	protected final ConnectorFlow.Timing timing;

	protected final ConnectorFlow.Chance chance;

	private final String name;

	private final Wake wake = new Wake();

	private volatile boolean stopped;

	private volatile @Nullable Thread thread;

	/** A loop that has not been started. */
	protected Loop(String name, ConnectorFlow flow) {
		this.name = name;
		this.ports = flow.ports();
		this.timing = flow.timing();
		this.chance = flow.chance();
	}

	/**
	 * Does something that is due.
	 * @param looks whether others may have stored something since the last step
	 * @return when there is more to do
	 */
	protected abstract Instant step(boolean looks);

	/** A step has failed. */
	protected void failed() {
	}

	/** It has ended, however it did. */
	protected void ended() {
	}

	/**
	 * Starts it on a thread of its own. Libraries look for their parts through the
	 * thread's class loader, and whoever starts us may have another one than the
	 * application.
	 */
	public final void start() {
		this.thread = Thread.ofVirtual().name(this.name).start(() -> {
			Thread.currentThread().setContextClassLoader(Loop.class.getClassLoader());
			run();
		});
	}

	/** Something may be due that was not. */
	public final void wake() {
		this.wake.up();
	}

	/** What is being done may still end. */
	public final void stop() {
		this.stopped = true;
		this.wake.up();
	}

	public final boolean isStopped() {
		return this.stopped;
	}

	/** Waits for its end, and interrupts it when that takes longer. */
	public final void join(Instant until) {
		Thread ending = this.thread;
		try {
			Duration left = Duration.between(now(), until);
			if (ending != null && !(left.isPositive() && ending.join(left))) {
				ending.interrupt();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public final void run() {
		try {
			goOn();
		}
		finally {
			ended();
		}
	}

	private void goOn() {
		int failures = 0;
		boolean looks = true;
		while (!this.stopped) {
			try {
				looks |= this.wake.taken();
				Instant until = step(looks);
				failures = 0;
				looks = this.wake.await(until, this.chance.clock());
			}
			// Nobody else would see an error that ends the thread.
			catch (Throwable ex) {
				if (!this.stopped) {
					failures++;
					Duration pause = this.timing.pauses().after(failures, this.chance.jitter().getAsDouble());
					log.warn("{} goes on in {} after failure {} in a row", this.name, pause, failures, ex);
					looks = true;
					failed();
					this.wake.pause(now().plus(pause), this.chance.clock(), () -> this.stopped);
				}
			}
		}
	}

	protected final Instant now() {
		return this.chance.clock().instant();
	}

}
