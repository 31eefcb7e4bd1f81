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
import io.rollcall.benchmarks.process.Application;
import io.rollcall.benchmarks.process.Child;
import io.rollcall.benchmarks.process.Usage;

/** Our services, each a process with a limited heap, and a mail server that takes all. */
public final class Services implements AutoCloseable {

	private static final int KEY_BYTES = 32;

	private final Furniture furniture;

	private final Path folder;

	private final String heap;

	private final boolean profile;

	private final String key = key();

	private final Map<String, Integer> ports = Map.of("connector", Http.freePort(), "reconciler", Http.freePort(),
			"notifier", Http.freePort());

	private final Map<String, Child> processes = new LinkedHashMap<>();

	private final Map<String, Duration> starts = new LinkedHashMap<>();

	private final GreenMail mails = new GreenMail(ServerSetup.SMTP.dynamicPort());

	private final Relay relay;

	public Services(Furniture furniture, Path folder, String heap, boolean profile) {
		this.furniture = furniture;
		this.folder = folder;
		this.heap = heap;
		this.profile = profile;
		this.relay = new Relay(url("connector"));
		this.mails.start();
	}

	/** Starts one of {@code connector}, {@code reconciler}, {@code notifier}. */
	public void start(String name) {
		List<String> recording = this.profile
				? List.of("-XX:StartFlightRecording=settings=profile,filename=%s,jdk.CPUTimeSample#enabled=true"
					.formatted(this.folder.resolve(name + ".jfr")))
				: List.of();
		Child process = Application.of(name + "-service", this.folder.resolveSibling("applications"), this.heap)
			.start(name, this.folder, recording, List.of("--server.port=" + this.ports.get(name),
					"--rollcall.kafka.brokers=" + this.furniture.brokers(),
					"--rollcall.mongodb.uri=" + this.furniture.mongoUri(), "--rollcall.encryption-key=" + this.key,
					"--rollcall.smtp.url=smtp://127.0.0.1:" + this.mails.getSmtp().getPort(),
					"--rollcall.graph.base-url=" + this.furniture.graph().baseUrl(),
					"--rollcall.graph.authority=" + this.furniture.graph().authority(),
					"--rollcall.public-url=" + this.relay.url()));
		this.processes.put(name, process);
		this.starts.put(name, Http.awaitReady(process, url(name) + "/actuator/health/readiness"));
	}

	public void stop(String name) {
		Child process = this.processes.remove(name);
		if (process != null) {
			process.close();
		}
	}

	/** How long each took until it was ready. */
	public Map<String, Duration> starts() {
		return this.starts;
	}

	/** Where a service is. */
	public String url(String name) {
		return "http://127.0.0.1:" + this.ports.get(name);
	}

	public Relay relay() {
		return this.relay;
	}

	public Map<String, Usage> usage() {
		Map<String, Usage> usage = new LinkedHashMap<>();
		this.processes.forEach((name, process) -> usage.put(name, process.usage()));
		return usage;
	}

	public void checkAlive() {
		this.processes.values().forEach(Child::checkAlive);
	}

	/**
	 * A connection to the tenant, reading from now on. Its id is its organization's too.
	 */
	public void connect(Graph.Tenant tenant, String id) {
		Http.send("POST", url("connector") + "/api/connections",
				("{\"id\":\"%s\",\"organization\":\"%s\",\"name\":\"%s\",\"tenant\":\"%s\",\"clientId\":\"%s\","
						+ "\"clientSecret\":\"%s\"}")
					.formatted(id, id, id, tenant.id(), tenant.appId(), tenant.secret()));
		Http.send("POST", url("connector") + "/api/connections/" + id + "/activate", "");
	}

	/** An owner who is told. */
	public void addOwner(String id) {
		owner(id, "");
	}

	/** The owner gets no mail any more. */
	public void endMails(String id) {
		owner(id, ",\"channels\":[\"IN_APP\"]");
	}

	private void owner(String id, String more) {
		Http.send("PUT", url("notifier") + "/api/organizations/" + id + "/recipients",
				"[{\"id\":\"owner\",\"name\":\"Olga Owner\",\"email\":\"owner@example.org\",\"role\":\"OWNER\"%s}]"
					.formatted(more));
	}

	/** Everything is read again. */
	public void readAgain(String id) {
		Http.send("POST", url("connector") + "/api/connections/" + id + "/runs", "{\"mode\":\"FULL\"}");
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
