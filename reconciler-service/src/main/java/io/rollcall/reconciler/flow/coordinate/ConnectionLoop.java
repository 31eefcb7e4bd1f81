package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One owned connection on one thread: what was told is folded, what is due is done, and
 * then it waits until more is told or due. Ends by itself when nothing was to be done for
 * a while.
 */
final class ConnectionLoop implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);

	private static final Duration IDLE = Duration.ofMinutes(1);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private final Ports ports;

	private final Coordinations.Known known;

	private boolean told = true;

	private boolean stopped;

	private boolean ended;

	ConnectionLoop(Ports ports, Coordinations.Known known) {
		this.ports = ports;
		this.known = known;
	}

	/** Says that more was told; false when the loop has ended: then another is needed. */
	synchronized boolean wake() {
		this.told = true;
		notifyAll();
		return !this.ended;
	}

	synchronized void stop() {
		this.stopped = true;
		notifyAll();
	}

	@Override
	public void run() {
		try {
			coordinate();
		}
		finally {
			synchronized (this) {
				this.ended = true;
			}
		}
	}

	/** An error too is tried again: nobody else coordinates the connection meanwhile. */
	private void coordinate() {
		Duration pause = FIRST_PAUSE;
		while (!isEnded()) {
			try {
				Owned owned = new Owned(this.ports, this.known);
				Acting acting = new Acting(owned);
				while (!isEnded()) {
					boolean did = Folding.next(owned) | acting.act();
					pause = FIRST_PAUSE;
					if (!did) {
						awaitMore(owned);
					}
				}
			}
			catch (TakenOver ex) {
				log.info("Connection {}: {}", this.known.connection(), ex.getMessage());
				rest(pause);
			}
			catch (Throwable ex) {
				log.warn("Coordinating connection {} failed, and is tried again in {}", this.known.connection(), pause,
						ex);
				rest(pause);
				pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
			}
		}
	}

	private synchronized boolean isEnded() {
		if (this.stopped) {
			this.ended = true;
		}
		return this.ended;
	}

	private synchronized void awaitMore(Owned owned) {
		Instant due = owned.coordination.due();
		boolean idle = due == null && owned.runs().isEmpty();
		if (waitFor((due != null) ? Duration.between(owned.now(), due) : IDLE) && idle) {
			this.ended = true;
		}
		this.told = false;
	}

	private synchronized void rest(Duration pause) {
		this.told = false;
		waitFor(pause);
	}

	/** Whether all the time went by and nothing was told. */
	private boolean waitFor(Duration longest) {
		long until = System.nanoTime() + longest.toNanos();
		while (!this.told && !this.stopped) {
			long left = until - System.nanoTime();
			if (left <= 0) {
				return true;
			}
			try {
				wait(Math.max(1, left / 1_000_000));
			}
			catch (InterruptedException ex) {
				this.stopped = true;
			}
		}
		return false;
	}

	Thread start() {
		return Thread.ofVirtual().name("coordinate-" + this.known.connection()).start(this);
	}

}
