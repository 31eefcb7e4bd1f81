package io.rollcall.standalone;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.rollcall.embedded.DataFolder;
import io.rollcall.standalone.furniture.EncryptionKey;
import io.rollcall.standalone.furniture.Furniture;
import io.rollcall.standalone.furniture.SimulatedTenant;
import io.rollcall.standalone.services.FirstConnection;
import io.rollcall.standalone.services.ServicePorts;
import io.rollcall.standalone.services.Services;
import io.rollcall.standalone.services.Surroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

/**
 * Rollcall with everything around it in one JVM, with a simulated tenant; Ctrl-C stops
 * it, a second start resumes. With {@code train <folder>} it ends by itself after a small
 * first sync, on free ports, with its data in that folder.
 */
public final class Standalone {

	private Standalone() {
	}

	public static void main(String[] args) {
		// Several Spring applications would each set up logging anew; here logback.xml
		// has the last word.
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
		Narrator narrator = new Narrator(System.out);
		CountDownLatch stopped = new CountDownLatch(1);
		Stopping stopping = new Stopping(narrator, stopped);
		Runtime.getRuntime().addShutdownHook(new Thread(stopping, "stopping"));
		try {
			boolean training = args.length == 2 && args[0].equals("train");
			StandaloneSettings settings = training ? StandaloneSettings.forTraining(Path.of(args[1]))
					: StandaloneSettings.from(System.getenv());
			DataFolder.require(settings.data());
			System.setProperty("rollcall.data", settings.data().toString());
			// Set up by one thread, before many start.
			logger().info("Rollcall starts in {}", settings.data().toAbsolutePath());
			if (training) {
				stopping.first(() -> FileSystemUtils.deleteRecursively(settings.data()));
			}
			run(settings, narrator, stopping, stopped);
			if (!training) {
				stopped.await();
			}
			System.exit(0);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger().error("Rollcall did not start", ex);
			System.err.println("Rollcall did not start: " + ex.getMessage());
			stopping.fail();
		}
	}

	private static void run(StandaloneSettings settings, Narrator narrator, Stopping stopping, CountDownLatch stopped) {
		settings.ports().requireFree();
		boolean again = settings.data().resolve("kafka").toFile().exists();
		narrator.begins(settings, again);
		Furniture furniture = stopping.first(Furniture.start(plan(settings)));
		narrator.hasFurniture(furniture);
		Services services = stopping.first(Services.start(ports(settings), surroundings(settings, furniture), first()));
		narrator.isReady(services.ports(), furniture, settings);
		if (!again) {
			try (FirstSync sync = new FirstSync(furniture.kafka().bootstrapServers(), narrator)) {
				sync.follow(stopped);
			}
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
