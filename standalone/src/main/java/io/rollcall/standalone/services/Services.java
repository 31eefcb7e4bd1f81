package io.rollcall.standalone.services;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.connector.ConnectorApplication;
import io.rollcall.console.ConsoleApplication;
import io.rollcall.notifier.NotifierApplication;
import io.rollcall.reconciler.ReconcilerApplication;
import io.rollcall.standalone.jvm.OneClassPath;
import io.rollcall.standalone.jvm.SideBySide;

import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The four services in one JVM. Whoever consumes is started before whoever produces:
 * first the reconciler and the notifier, then the connector, last the console; they stop
 * side by side.
 */
public final class Services implements AutoCloseable {

	private final ServicePorts ports;

	private final SideBySide running = new SideBySide();

	private Services(ServicePorts ports) {
		this.ports = ports;
	}

	/**
	 * Starts them, ready when this returns; the first sync is then under way.
	 * @param more settings for all of them, such as {@code --rollcall.sync.ask-again=1s}
	 */
	public static Services start(ServicePorts ports, Surroundings around, FirstConnection first, String... more) {
		Services services = new Services(ports);
		try {
			services.start(ReconcilerApplication.application(), ports.reconciler(), around, List.of(), more);
			services.start(NotifierApplication.application(), ports.notifier(), around, first.forNotifier(), more);
			services.start(ConnectorApplication.application(), ports.connector(), around, first.forConnector(), more);
			services.start(ConsoleApplication.application(), ports.console(), around, services.forConsole(around),
					more);
		}
		catch (RuntimeException ex) {
			services.close();
			throw ex;
		}
		return services;
	}

	public ServicePorts ports() {
		return this.ports;
	}

	@Override
	public void close() {
		this.running.close();
	}

	private void start(SpringApplicationBuilder application, int port, Surroundings around, List<String> own,
			String... more) {
		List<String> settings = new ArrayList<>(List.of("--server.port=" + port, "--server.address=127.0.0.1",
				"--rollcall.kafka.brokers=" + around.kafkaBrokers(), "--rollcall.mongodb.uri=" + around.mongodbUri(),
				"--rollcall.smtp.url=" + around.smtpUrl(), "--rollcall.smtp.link=" + this.ports.consoleUrl(),
				"--rollcall.graph.base-url=" + around.graph(), "--rollcall.graph.authority=" + around.graph(),
				"--rollcall.public-url=" + this.ports.connectorUrl(),
				"--rollcall.encryption-key=" + around.encryptionKey(), "--spring.jmx.enabled=false",
				"--management.metrics.use-global-registry=false", OneClassPath.STOPS_AT_ONCE));
		settings.addAll(own);
		settings.addAll(List.of(more));
		this.running.started(application.registerShutdownHook(false).run(settings.toArray(String[]::new)));
	}

	private List<String> forConsole(Surroundings around) {
		return List.of(OneClassPath.webOnly(), "--rollcall.console.connector=" + this.ports.connectorUrl(),
				"--rollcall.console.reconciler=" + this.ports.reconcilerUrl(),
				"--rollcall.console.notifier=" + this.ports.notifierUrl(),
				"--rollcall.console.simulator=" + around.graph(), "--rollcall.console.mail=" + around.mailPage());
	}

}
