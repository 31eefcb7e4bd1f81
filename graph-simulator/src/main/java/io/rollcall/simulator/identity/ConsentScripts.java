package io.rollcall.simulator.identity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is decided at each tenant's consent pages without a click. */
public final class ConsentScripts {

	private final Map<String, ConsentScript> byTenant = new ConcurrentHashMap<>();

	public void put(String tenant, ConsentScript script) {
		this.byTenant.put(tenant, script);
	}

	public ConsentScript of(String tenant) {
		return this.byTenant.getOrDefault(tenant, ConsentScript.PAGE);
	}

	public void clear(String tenant) {
		this.byTenant.remove(tenant);
	}

}
