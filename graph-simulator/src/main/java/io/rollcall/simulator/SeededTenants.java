package io.rollcall.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.rollcall.simulator.control.World;
import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.identity.Application;
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

	void begin(SimulatorSettings settings) {
		for (SimulatorSettings.Seeded seeded : settings.tenants()) {
			Tenant tenant = this.world.begin(
					TenantSpec.of(seeded.id(), seeded.domain(), seeded.displayName(), seeded.users(), seeded.seed()));
			if (seeded.appId() != null && seeded.secret() != null
					&& this.world.apps().find(tenant.id(), seeded.appId()) == null) {
				this.world.apps()
					.put(tenant.id(), AppRegistration.readOnly(seeded.appId(), tenant.id(), seeded.secret()));
			}
			if (this.journal != null) {
				ActJournal.resume(tenant, this.journal);
			}
			this.world.scripts().run(tenant, seeded.life());
			log.info("Tenant {} ({}) has {} users", tenant.id(), tenant.spec().domain(), seeded.users());
		}
		settings.apps().forEach(this::register);
	}

	/** An app that other tenants than its home may give consent to. */
	private void register(SimulatorSettings.SharedApp app) {
		Tenant home = this.world.tenants().find(app.home());
		if (home == null) {
			throw new IllegalStateException("rollcall.simulator.apps: there is no tenant '%s'".formatted(app.home()));
		}
		if (this.world.apps().find(home.id(), app.appId()) == null) {
			this.world.apps()
				.put(home.id(),
						AppRegistration.consented(new Application(app.appId(), app.displayName(), home.id(), true,
								app.requested().isEmpty() ? Application.READ_ONLY : Set.copyOf(app.requested()),
								app.redirectUris(), List.of(Application.Secret.of(app.secret(), Instant.now())),
								List.of(), List.of())));
		}
	}

}
