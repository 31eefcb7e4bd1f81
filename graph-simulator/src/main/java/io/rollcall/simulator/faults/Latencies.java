package io.rollcall.simulator.faults;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** How long each tenant's Graph takes for an answer; no time at all until it is told. */
public final class Latencies {

	private final Map<String, Latency> latencies = new ConcurrentHashMap<>();

	/** An answer takes between these, the last included, as the seed decides. */
	public void between(String tenant, long from, long to, long seed) {
		if (from < 0 || to < from) {
			throw new IllegalArgumentException("a latency is from 0 or more to at least as much");
		}
		if (to == 0) {
			clear(tenant);
			return;
		}
		this.latencies.put(tenant, new Latency(from, to, new Random(seed)));
	}

	public void clear(String tenant) {
		this.latencies.remove(tenant);
	}

	/** How many milliseconds the next answer takes. */
	public long next(String tenant) {
		Latency latency = this.latencies.get(tenant);
		return (latency != null) ? latency.next() : 0;
	}

	private record Latency(long from, long to, Random random) {

		long next() {
			return (this.from == this.to) ? this.from : this.random.nextLong(this.from, this.to + 1);
		}

	}

}
