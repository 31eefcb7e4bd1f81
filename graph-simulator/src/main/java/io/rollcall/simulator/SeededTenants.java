package io.rollcall.simulator;

import java.util.List;

import io.rollcall.simulator.control.World;
import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.TenantSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the tenants that the configuration names. */
final class SeededTenants {

	private static final Logger log = LoggerFactory.getLogger(SeededTenants.class);

	private final World world;

	SeededTenants(World world) {
		this.world = world;
	}

	void begin(List<SimulatorSettings.Seeded> wanted) {
		for (SimulatorSettings.Seeded seeded : wanted) {
			Tenant tenant = this.world.begin(TenantSpec.of(seeded.id(), seeded.domain(), seeded.displayName(),
					seeded.users(), seeded.seed()));
			if (seeded.appId() != null && seeded.secret() != null) {
				this.world.apps().put(tenant.id(), AppRegistration.readOnly(seeded.appId(), seeded.secret()));
			}
			this.world.scripts().run(tenant, seeded.life());
			log.info("Tenant {} ({}) has {} users", tenant.id(), tenant.spec().domain(), seeded.users());
		}
	}

}
