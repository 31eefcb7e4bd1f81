package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
