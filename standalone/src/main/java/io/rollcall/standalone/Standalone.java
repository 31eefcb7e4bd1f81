package io.rollcall.standalone;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.rollcall.standalone.furniture.EncryptionKey;
import io.rollcall.standalone.furniture.Furniture;
import io.rollcall.standalone.furniture.SimulatedTenant;
import io.rollcall.standalone.services.FirstConnection;
import io.rollcall.standalone.services.ServicePorts;
import io.rollcall.standalone.services.Services;
import io.rollcall.standalone.services.Surroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rollcall with everything around it in one JVM, with a simulated tenant; Ctrl-C stops
 * it, a second start resumes.
 */
public final class Standalone {

	private Standalone() {
	}

	public static void main(String[] args) {
		// Several Spring applications would each set up logging anew; here logback.xml
		// has the last word.
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
		try {
			StandaloneSettings settings = StandaloneSettings.from(System.getenv());
			System.setProperty("rollcall.data", settings.data().toString());
			run(settings, new Narrator(System.out));
		}
		catch (RuntimeException ex) {
			logger().error("Rollcall did not start", ex);
			System.err.println("Rollcall did not start: " + ex.getMessage());
			System.exit(1);
		}
	}

	private static void run(StandaloneSettings settings, Narrator narrator) {
		settings.ports().requireFree();
		CountDownLatch stopped = new CountDownLatch(1);
		Stopping stopping = new Stopping(narrator, stopped);
		Runtime.getRuntime().addShutdownHook(new Thread(stopping, "stopping"));
		try {
			boolean again = settings.data().resolve("kafka").toFile().exists();
			narrator.begins(settings, again);
			Furniture furniture = stopping.first(Furniture.start(plan(settings)));
			narrator.hasFurniture(furniture);
			Services services = stopping
				.first(Services.start(ports(settings), surroundings(settings, furniture), first()));
			narrator.isReady(services.ports(), furniture, settings);
			try (FirstSync sync = new FirstSync(furniture.kafka().bootstrapServers(), narrator)) {
				if (!again) {
					sync.follow(stopped);
				}
			}
			stopped.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Furniture.Plan plan(StandaloneSettings settings) {
		StandaloneSettings.PortPlan ports = settings.ports();
		Path data = settings.data();
		return new Furniture.Plan(data, ports.kafka(), settings.mongodbUri(), ports.mongodb(), ports.smtp(),
				ports.mailPage(), new SimulatedTenant.Plan(ports.simulator(), settings.people(), 1,
						settings.changesPerSecond(), data.resolve("tenant")));
	}

	private static ServicePorts ports(StandaloneSettings settings) {
		StandaloneSettings.PortPlan ports = settings.ports();
		return new ServicePorts(ports.console(), ports.connector(), ports.reconciler(), ports.notifier());
	}

	private static Surroundings surroundings(StandaloneSettings settings, Furniture furniture) {
		return new Surroundings(furniture.kafka().bootstrapServers(), furniture.mongo().uri(),
				furniture.mail().smtpUrl(), furniture.tenant().url(), EncryptionKey.in(settings.data()),
				furniture.mail().pageUrl());
	}

	private static FirstConnection first() {
		return new FirstConnection(SimulatedTenant.DOMAIN, SimulatedTenant.CLIENT_ID, SimulatedTenant.CLIENT_SECRET);
	}

	/** Late, so that the log's place is known by then. */
	private static Logger logger() {
		return LoggerFactory.getLogger(Standalone.class);
	}

}
