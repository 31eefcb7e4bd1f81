package io.rollcall.simulator;

import java.nio.file.Path;
import java.util.List;

import io.rollcall.simulator.control.World;
import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.journal.ActJournal;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.TenantSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the tenants that the configuration names. */
final class SeededTenants {

	private static final Logger log = LoggerFactory.getLogger(SeededTenants.class);

	private final World world;

	private final @Nullable Path journal;

	/** With a journal's folder, tenants go on where they were. */
	SeededTenants(World world, @Nullable Path journal) {
		this.world = world;
		this.journal = journal;
	}

	void begin(List<SimulatorSettings.Seeded> wanted) {
		for (SimulatorSettings.Seeded seeded : wanted) {
			Tenant tenant = this.world.begin(
					TenantSpec.of(seeded.id(), seeded.domain(), seeded.displayName(), seeded.users(), seeded.seed()));
			if (seeded.appId() != null && seeded.secret() != null) {
				this.world.apps()
					.put(tenant.id(), AppRegistration.readOnly(seeded.appId(), tenant.id(), seeded.secret()));
			}
			if (this.journal != null) {
				ActJournal.resume(tenant, this.journal);
			}
			this.world.scripts().run(tenant, seeded.life());
			log.info("Tenant {} ({}) has {} users", tenant.id(), tenant.spec().domain(), seeded.users());
		}
	}

}
