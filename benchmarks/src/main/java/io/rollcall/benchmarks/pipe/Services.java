package io.rollcall.benchmarks.pipe;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rollcall.benchmarks.process.Child;
import io.rollcall.benchmarks.process.Usage;
import io.rollcall.connector.ConnectorApplication;
import io.rollcall.notifier.NotifierApplication;
import io.rollcall.reconciler.ReconcilerApplication;

/** Our services, each a process with a limited heap, and a mail server that takes all. */
public final class Services implements AutoCloseable {

	private static final int KEY_BYTES = 32;

	private final Map<String, Child> processes = new LinkedHashMap<>();

	private final Map<String, Duration> starts = new LinkedHashMap<>();

	private final GreenMail mails = new GreenMail(ServerSetup.SMTP.dynamicPort());

	private final Relay relay;

	private final String connector;

	private final String notifier;

	public Services(Furniture furniture, Path folder, String heap, boolean profile) {
		int connectorPort = Http.freePort();
		int reconcilerPort = Http.freePort();
		int notifierPort = Http.freePort();
		this.connector = "http://127.0.0.1:" + connectorPort;
		this.notifier = "http://127.0.0.1:" + notifierPort;
		this.relay = new Relay(this.connector);
		this.mails.start();
		List<String> common = List.of("--rollcall.kafka.brokers=" + furniture.brokers(),
				"--rollcall.mongodb.uri=" + furniture.mongoUri());
		Start start = new Start(folder, heap, profile, common);
		start("reconciler", reconcilerPort, start, ReconcilerApplication.class, List.of());
		start("notifier", notifierPort, start, NotifierApplication.class,
				List.of("--rollcall.smtp.url=smtp://127.0.0.1:" + this.mails.getSmtp().getPort()));
		start("connector", connectorPort, start, ConnectorApplication.class,
				List.of("--rollcall.graph.base-url=" + furniture.graph().baseUrl(),
						"--rollcall.graph.authority=" + furniture.graph().authority(),
						"--rollcall.public-url=" + this.relay.url(), "--rollcall.encryption-key=" + key()));
	}

	private record Start(Path folder, String heap, boolean profile, List<String> common) {

		List<String> jvm(String name) {
			List<String> jvm = new ArrayList<>(List.of("-Xmx" + this.heap));
			if (this.profile) {
				jvm.add("-XX:StartFlightRecording=settings=profile,filename=%s,jdk.CPUTimeSample#enabled=true"
					.formatted(this.folder.resolve(name + ".jfr")));
			}
			return jvm;
		}

	}

	private void start(String name, int port, Start start, Class<?> main, List<String> own) {
		List<String> args = new ArrayList<>(start.common());
		args.add("--server.port=" + port);
		args.addAll(own);
		Child process = Child.start(name, start.folder(), start.jvm(name), main, args);
		this.processes.put(name, process);
		this.starts.put(name, Http.awaitReady(process, "http://127.0.0.1:" + port + "/actuator/health/readiness"));
	}

	/** How long each took until it was ready. */
	public Map<String, Duration> starts() {
		return this.starts;
	}

	/** Where the connector is. */
	public String connector() {
		return this.connector;
	}

	/** Where the notifier is. */
	public String notifier() {
		return this.notifier;
	}

	public Relay relay() {
		return this.relay;
	}

	public Map<String, Usage> usage() {
		Map<String, Usage> usage = new LinkedHashMap<>();
		this.processes.forEach((name, process) -> usage.put(name, process.usage()));
		return usage;
	}

	/** What they and everything they need have cost. */
	public Map<String, Usage> usageWith(Furniture furniture) {
		Map<String, Usage> usage = usage();
		usage.putAll(furniture.usage());
		return usage;
	}

	public void checkAlive() {
		this.processes.values().forEach(Child::checkAlive);
	}

	/**
	 * A connection to the tenant, reading from now on. Its id is its organization's too.
	 */
	public void connect(Graph.Tenant tenant, String id) {
		Http.send("PUT", this.notifier + "/api/organizations/" + id + "/recipients",
				"[{\"id\":\"owner\",\"name\":\"Olga Owner\",\"email\":\"owner@example.org\",\"role\":\"OWNER\"}]");
		Http.send("POST", this.connector + "/api/connections",
				("{\"id\":\"%s\",\"organization\":\"%s\",\"name\":\"%s\",\"tenant\":\"%s\",\"clientId\":\"%s\","
						+ "\"clientSecret\":\"%s\"}")
					.formatted(id, id, id, tenant.id(), tenant.appId(), tenant.secret()));
		Http.send("POST", this.connector + "/api/connections/" + id + "/activate", "");
	}

	public void pause(String id) {
		Http.send("POST", this.connector + "/api/connections/" + id + "/pause", "");
	}

	@Override
	public void close() {
		new ArrayList<>(this.processes.values()).reversed().forEach(Child::close);
		this.relay.close();
		this.mails.stop();
	}

	private static String key() {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

}
