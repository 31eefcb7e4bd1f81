package io.rollcall.benchmarks.pipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.benchmarks.process.Application;
import io.rollcall.benchmarks.process.Broker;
import io.rollcall.benchmarks.process.Child;
import io.rollcall.benchmarks.process.Usage;
import io.rollcall.embedded.EmbeddedMongo;

/** Broker, mongod and simulator, each a process of its own, empty at first. */
public final class Furniture implements AutoCloseable {

	private final Child broker;

	private final EmbeddedMongo mongo;

	private final ProcessHandle mongod;

	private final Child simulator;

	private final String brokers;

	private final Graph graph;

	/**
	 * Starts them.
	 * @param users of the largest tenant: the simulator holds tenants in memory
	 */
	public Furniture(Path folder, int users) {
		int brokerPort = Http.freePort();
		int simulatorPort = Http.freePort();
		this.brokers = "127.0.0.1:" + brokerPort;
		this.graph = new Graph("http://127.0.0.1:" + simulatorPort);
		this.broker = Child.start("broker", folder,
				List.of("-Xmx512m", "-Dlogback.configurationFile=benchmark-logback.xml"), Broker.class,
				List.of(folder.resolve("kafka").toString(), String.valueOf(brokerPort)));
		this.simulator = Application
			.of("graph-simulator", folder.resolveSibling("applications"), (1024 + users / 250) + "m")
			.start("simulator", folder, List.of(), List.of("--server.port=" + simulatorPort));
		this.mongo = EmbeddedMongo.startIn(folder.resolve("mongo"));
		this.mongod = mongodIn(folder.resolve("mongo"));
		Http.awaitReady(this.simulator, this.graph.authority() + "/actuator/health/readiness");
		Watch.awaitBroker(this.broker, this.brokers);
	}

	public String brokers() {
		return this.brokers;
	}

	public String mongoUri() {
		return this.mongo.uri();
	}

	public String mongodVersion() {
		return this.mongo.mongod().version().toString();
	}

	public Graph graph() {
		return this.graph;
	}

	/** What each has cost so far, by name. */
	public Map<String, Usage> usage() {
		Map<String, Usage> usage = new LinkedHashMap<>();
		usage.put("simulator", this.simulator.usage());
		usage.put("broker", this.broker.usage());
		usage.put("mongod", Usage.of(this.mongod));
		return usage;
	}

	@Override
	public void close() {
		this.simulator.close();
		this.mongo.close();
		this.broker.close();
	}

	private static ProcessHandle mongodIn(Path folder) {
		try {
			return ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("mongod.pid")).strip()))
				.orElseThrow(() -> new IllegalStateException("mongod has just ended"));
		}
		catch (IOException ex) {
			throw new IllegalStateException("mongod's pid cannot be read: " + ex, ex);
		}
	}

}
