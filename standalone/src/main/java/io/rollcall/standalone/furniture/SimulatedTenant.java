package io.rollcall.standalone.furniture;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.rollcall.simulator.SimulatorApplication;
import io.rollcall.standalone.jvm.OneClassPath;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The simulator with one tenant: a Microsoft Graph, a token endpoint and a registered
 * app, as a customer has them.
 */
public final class SimulatedTenant implements AutoCloseable {

	/** The tenant's domain, by which it is named to the connector. */
	public static final String DOMAIN = "contoso.example";

	public static final String CLIENT_ID = "5f0c5b1e-6c7a-4c56-9a3e-0a4d3f1b2c77";

	public static final String CLIENT_SECRET = "standalone-secret";

	private final ConfigurableApplicationContext simulator;

	private SimulatedTenant(ConfigurableApplicationContext simulator) {
		this.simulator = simulator;
	}

	/**
	 * How the tenant is.
	 *
	 * @param seed another seed, other people
	 * @param changesPerSecond what happens in it by itself; 0 is nothing
	 * @param journal where it is kept, or nowhere
	 */
	public record Plan(int port, int people, long seed, double changesPerSecond, @Nullable Path journal) {
	}

	public static SimulatedTenant start(Plan plan) {
		List<String> settings = new ArrayList<>();
		String tenant = "--rollcall.simulator.tenants[0].";
		settings.add(OneClassPath.webOnly());
		settings.add(OneClassPath.STOPS_AT_ONCE);
		settings.add("--server.port=" + plan.port());
		settings.add(tenant + "domain=" + DOMAIN);
		settings.add(tenant + "display-name=Contoso");
		settings.add(tenant + "users=" + plan.people());
		settings.add(tenant + "seed=" + plan.seed());
		settings.add(tenant + "app-id=" + CLIENT_ID);
		settings.add(tenant + "secret=" + CLIENT_SECRET);
		if (plan.changesPerSecond() > 0) {
			settings.add(tenant + "life=" + String.format(Locale.ROOT, "at %s/s life", plan.changesPerSecond()));
		}
		if (plan.journal() != null) {
			settings.add("--rollcall.simulator.journal=" + plan.journal());
		}
		return new SimulatedTenant(
				SimulatorApplication.application().registerShutdownHook(false).run(settings.toArray(String[]::new)));
	}

	/** Graph, the token endpoint and the control API. */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.simulator.getEnvironment().getProperty("local.server.port"));
	}

	@Override
	public void close() {
		this.simulator.close();
	}

}
