package io.rollcall.simulator.notifications;

import java.util.concurrent.atomic.AtomicLong;

/** How many notifications went which way. */
public final class DeliveryCounts {

	private final AtomicLong delivered = new AtomicLong();

	private final AtomicLong posts = new AtomicLong();

	private final AtomicLong retried = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	void posted() {
		this.posts.incrementAndGet();
	}

	void delivered(int notifications) {
		this.delivered.addAndGet(notifications);
	}

	void retried(int notifications) {
		this.retried.addAndGet(notifications);
	}

	void dropped(int notifications) {
		this.dropped.addAndGet(notifications);
	}

	public long posts() {
		return this.posts.get();
	}

	public long delivered() {
		return this.delivered.get();
	}

	public long retried() {
		return this.retried.get();
	}

	/** Lost for good: the host was too slow, or four hours are over. */
	public long dropped() {
		return this.dropped.get();
	}

}
