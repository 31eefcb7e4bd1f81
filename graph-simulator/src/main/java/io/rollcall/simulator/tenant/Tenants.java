package io.rollcall.simulator.tenant;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** All tenants of this process. */
public final class Tenants {

	private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();

	/** Adds a tenant, or refuses when its id or domain is taken. */
	public void add(Tenant tenant) {
		if (find(tenant.id()) != null || find(tenant.spec().domain()) != null) {
			throw new ActRefused(
					"a tenant with id %s or domain %s exists already".formatted(tenant.id(), tenant.spec().domain()));
		}
		this.tenants.put(tenant.id(), tenant);
	}

	/** By id or by domain. */
	public @Nullable Tenant find(String idOrDomain) {
		Tenant tenant = this.tenants.get(idOrDomain.toLowerCase(java.util.Locale.ROOT));
		return (tenant != null) ? tenant
				: this.tenants.values()
					.stream()
					.filter((candidate) -> candidate.spec().domain().equalsIgnoreCase(idOrDomain))
					.findFirst()
					.orElse(null);
	}

	public Collection<Tenant> all() {
		return this.tenants.values().stream().sorted(Comparator.comparing(Tenant::id)).toList();
	}

	public boolean remove(Tenant tenant) {
		return this.tenants.remove(tenant.id(), tenant);
	}

}
