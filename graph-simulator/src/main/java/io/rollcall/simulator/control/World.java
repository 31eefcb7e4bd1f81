package io.rollcall.simulator.control;

import java.time.InstantSource;

import io.rollcall.simulator.faults.Clocks;
import io.rollcall.simulator.faults.Faults;
import io.rollcall.simulator.faults.Latencies;
import io.rollcall.simulator.faults.Throttling;
import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.identity.AppRegistrations;
import io.rollcall.simulator.identity.ConsentScripts;
import io.rollcall.simulator.identity.ExternalIssuers;
import io.rollcall.simulator.notifications.Deliveries;
import io.rollcall.simulator.notifications.Subscriptions;
import io.rollcall.simulator.script.Scripts;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.TenantSpec;
import io.rollcall.simulator.tenant.Tenants;

/**
 * All there is to direct; begins and ends tenants with everything that belongs to them.
 */
public record World(Tenants tenants, AppRegistrations apps, Subscriptions subscriptions, Deliveries deliveries,
		Faults faults, Throttling throttling, Latencies latencies, Clocks clocks, ExternalIssuers issuers,
		ConsentScripts consents, Scripts scripts, InstantSource clock) implements AutoCloseable {

	/** The app that every tenant has unless others are named. */
	public static final String DEFAULT_APP = "11111111-2222-4333-8444-555555555555";

	public static final String DEFAULT_SECRET = "simulator-secret";

	public Tenant begin(TenantSpec spec) {
		Tenant tenant = new Tenant(spec, this.clock);
		this.tenants.add(tenant);
		tenant.listen(this.deliveries);
		if (this.apps.find(tenant.id(), DEFAULT_APP) == null) {
			this.apps.put(tenant.id(), AppRegistration.readOnly(DEFAULT_APP, tenant.id(), DEFAULT_SECRET));
		}
		return tenant;
	}

	/** Life stops, and so do notifications. */
	@Override
	public void close() {
		this.scripts.close();
		this.deliveries.close();
	}

	void end(Tenant tenant) {
		this.tenants.remove(tenant);
		this.scripts.forget(tenant.id());
		this.apps.removeAll(tenant.id());
		this.subscriptions.removeAll(tenant.id());
		this.faults.clear(tenant.id());
		this.throttling.clear(tenant.id());
		this.latencies.clear(tenant.id());
		this.clocks.clear(tenant.id());
		this.consents.clear(tenant.id());
	}

}
