package io.rollcall.simulator.faults;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What time it is for a tenant's Graph: now, unless its clock was put forward or back, as
 * seen from a client whose own is wrong.
 */
public final class Clocks {

	private final InstantSource clock;

	private final Map<String, Long> ahead = new ConcurrentHashMap<>();

	public Clocks(InstantSource clock) {
		this.clock = clock;
	}

	public Instant now(String tenant) {
		return this.clock.instant().plusMillis(this.ahead.getOrDefault(tenant, 0L));
	}

	/** Puts it forward, or back with less than 0. */
	public void ahead(String tenant, long millis) {
		this.ahead.put(tenant, millis);
	}

	public void clear(String tenant) {
		this.ahead.remove(tenant);
	}

}
