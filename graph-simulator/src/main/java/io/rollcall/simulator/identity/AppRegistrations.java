package io.rollcall.simulator.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** Who may ask for tokens, in each tenant. */
public final class AppRegistrations {

	private final Map<String, Map<String, AppRegistration>> byTenant = new ConcurrentHashMap<>();

	public void put(String tenant, AppRegistration app) {
		this.byTenant.computeIfAbsent(tenant, (key) -> new ConcurrentHashMap<>()).put(app.appId(), app);
	}

	public @Nullable AppRegistration find(String tenant, String appId) {
		return this.byTenant.getOrDefault(tenant, Map.of()).get(appId);
	}

	public List<AppRegistration> of(String tenant) {
		return this.byTenant.getOrDefault(tenant, Map.of())
			.values()
			.stream()
			.sorted(Comparator.comparing(AppRegistration::appId))
			.toList();
	}

	/** Takes an app away: its tokens stop working. */
	public boolean remove(String tenant, String appId) {
		return this.byTenant.getOrDefault(tenant, Map.of()).remove(appId) != null;
	}

	public void removeAll(String tenant) {
		this.byTenant.remove(tenant);
	}

}
