package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A signal that a thread can wait for; one that comes while nobody waits is kept. */
final class Wake {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private boolean signalled;

	void up() {
		this.lock.lock();
		try {
			this.signalled = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for the signal, and not for longer than until an instant.
	 * @return whether it waited at all
	 */
	boolean await(Instant until, InstantSource clock) {
		this.lock.lock();
		try {
			boolean waited = false;
			while (!this.signalled) {
				Instant now = clock.instant();
				if (!now.isBefore(until)) {
					return waited;
				}
				waited = true;
				this.changed.await(Duration.between(now, until).toMillis() + 1, TimeUnit.MILLISECONDS);
			}
			return waited;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits like {@link #await}, but only for a signal that is yet to come: the one that
	 * is there led to what failed, and would end every pause after it.
	 * @param over asked once the old signal is gone, so that who ends this first says so
	 * and then gives the signal
	 */
	void pause(Instant until, InstantSource clock, BooleanSupplier over) {
		taken();
		if (!over.getAsBoolean()) {
			await(until, clock);
		}
	}

	/** Whether it was given since this was last asked. */
	boolean taken() {
		this.lock.lock();
		try {
			boolean was = this.signalled;
			this.signalled = false;
			return was;
		}
		finally {
			this.lock.unlock();
		}
	}

}
