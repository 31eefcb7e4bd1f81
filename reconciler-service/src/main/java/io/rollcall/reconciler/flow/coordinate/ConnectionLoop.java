package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One owned connection on one thread, until it is somebody else's: what was told is
 * folded, what is due is done, and then it waits until more is told or due.
 */
final class ConnectionLoop implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	/** As nothing is due, any time is as good. */
	private static final Duration IDLE = Duration.ofHours(1);

	private final Ports ports;

	private final Coordinations.Known known;

	private final Semaphore told = new Semaphore(0);

	private volatile boolean stopped;

	ConnectionLoop(Ports ports, Coordinations.Known known) {
		this.ports = ports;
		this.known = known;
	}

	/** Says that more was told. */
	void wake() {
		this.told.release();
	}

	void stop() {
		this.stopped = true;
		wake();
	}

	/** An error too is tried again: nobody else coordinates the connection meanwhile. */
	@Override
	public void run() {
		Duration pause = FIRST_PAUSE;
		while (!this.stopped) {
			try {
				Owned owned = new Owned(this.ports, this.known);
				Acting acting = new Acting(owned);
				while (!this.stopped) {
					boolean did = Folding.next(owned) | acting.act();
					pause = FIRST_PAUSE;
					if (!did) {
						awaitMore(owned);
					}
				}
			}
			catch (Throwable ex) {
				log.warn("Coordinating connection {} failed, and is tried again in {}", this.known.connection(), pause,
						ex);
				rest(pause);
				pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
			}
		}
	}

	private void awaitMore(Owned owned) {
		Instant due = owned.coordination.due();
		rest((due != null) ? Duration.between(owned.now(), due) : IDLE);
	}

	/** Until more is told, at the longest; all that was told until then is looked at. */
	private void rest(Duration longest) {
		try {
			this.told.tryAcquire(longest.toMillis() + 1, TimeUnit.MILLISECONDS);
			this.told.drainPermits();
		}
		catch (InterruptedException ex) {
			this.stopped = true;
		}
	}

	Thread start() {
		return Thread.ofVirtual().name("coordinate-" + this.known.connection()).start(this);
	}

}
