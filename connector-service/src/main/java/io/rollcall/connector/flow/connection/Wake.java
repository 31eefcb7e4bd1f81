package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A signal that a thread can wait for; one that comes while nobody waits is kept. */
final class Wake {

	private final Semaphore signals = new Semaphore(0);

	void up() {
		this.signals.release();
	}

	/**
	 * Waits for the signal, and not for longer than until an instant.
	 * @return whether it waited at all
	 */
	boolean await(Instant until, InstantSource clock) {
		Duration left = Duration.between(clock.instant(), until);
		if (!left.isPositive() || this.signals.availablePermits() > 0) {
			return false;
		}
		try {
			if (this.signals.tryAcquire(left.toMillis() + 1, TimeUnit.MILLISECONDS)) {
				up();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return true;
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
		return this.signals.drainPermits() > 0;
	}

}
