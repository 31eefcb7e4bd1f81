package io.rollcall.simulator.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Who may ask for tokens, in each tenant. */
public final class AppRegistrations {

	private final Map<String, Map<String, AppRegistration>> byTenant = new ConcurrentHashMap<>();

	private volatile Consumer<Map<String, List<AppRegistration>>> onChange = (all) -> {
	};

	/** Gives all of them, by tenant, to somebody who keeps them, after each change. */
	public void onChange(Consumer<Map<String, List<AppRegistration>>> keeper) {
		this.onChange = keeper;
	}

	/** What changes about an application changes wherever it was given consent. */
	public void put(String tenant, AppRegistration app) {
		Application application = app.application();
		this.byTenant.computeIfAbsent(tenant, (key) -> new ConcurrentHashMap<>()).put(app.appId(), app);
		if (application.home().equals(tenant)) {
			this.byTenant.values()
				.forEach((apps) -> apps.computeIfPresent(app.appId(),
						(appId, other) -> other.application().home().equals(tenant) ? other.with(application) : other));
		}
		changed();
	}

	public @Nullable AppRegistration find(String tenant, String appId) {
		return this.byTenant.getOrDefault(tenant, Map.of()).get(appId);
	}

	/** The application that any tenant may give consent to. */
	@Nullable Application multiTenant(String appId) {
		return this.byTenant.values()
			.stream()
			.map((apps) -> apps.get(appId))
			.filter((app) -> app != null && app.application().multiTenant())
			.map(AppRegistration::application)
			.findFirst()
			.orElse(null);
	}

	public List<AppRegistration> of(String tenant) {
		return this.byTenant.getOrDefault(tenant, Map.of())
			.values()
			.stream()
			.sorted(Comparator.comparing(AppRegistration::appId))
			.toList();
	}

	/**
	 * Takes an app away: its tokens stop working. Gone from its home, it is gone
	 * everywhere.
	 */
	public boolean remove(String tenant, String appId) {
		AppRegistration removed = this.byTenant.getOrDefault(tenant, Map.of()).remove(appId);
		if (removed != null && removed.application().home().equals(tenant)) {
			this.byTenant.values()
				.forEach((apps) -> apps.values()
					.removeIf((other) -> other.appId().equals(appId) && other.application().home().equals(tenant)));
		}
		changed();
		return removed != null;
	}

	public void removeAll(String tenant) {
		of(tenant).forEach((app) -> remove(tenant, app.appId()));
		this.byTenant.remove(tenant);
		changed();
	}

	private void changed() {
		Map<String, List<AppRegistration>> all = new java.util.TreeMap<>();
		this.byTenant.keySet().forEach((tenant) -> all.put(tenant, of(tenant)));
		this.onChange.accept(all);
	}

}
