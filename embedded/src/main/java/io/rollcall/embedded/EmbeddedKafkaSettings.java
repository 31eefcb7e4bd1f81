package io.rollcall.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The broker's configuration: one node, loopback only, small buffers, and nothing that
 * needs a second replica.
 */
final class EmbeddedKafkaSettings {

	static final int NODE = 1;

	static final String CONTROLLER = "CONTROLLER";

	private EmbeddedKafkaSettings() {
	}

	static Map<String, String> of(Path folder, int port, int controllerPort) {
		Map<String, String> settings = new HashMap<>();
		settings.put("process.roles", "broker,controller");
		settings.put("node.id", String.valueOf(NODE));
		settings.put("listeners",
				"PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
		settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
		settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
		settings.put("controller.listener.names", CONTROLLER);
		settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
		settings.put("log.dirs", folder.toString());
		settings.put("auto.create.topics.enable", "false");
		alone(settings);
		small(settings);
		return settings;
	}

	private static void alone(Map<String, String> settings) {
		settings.put("offsets.topic.replication.factor", "1");
		settings.put("offsets.topic.num.partitions", "4");
		settings.put("transaction.state.log.replication.factor", "1");
		settings.put("transaction.state.log.min.isr", "1");
		settings.put("transaction.state.log.num.partitions", "4");
		settings.put("share.coordinator.state.topic.replication.factor", "1");
		settings.put("share.coordinator.state.topic.min.isr", "1");
		settings.put("group.initial.rebalance.delay.ms", "0");
	}

	/**
	 * The cleaner's buffer alone would be 128 MB, the index of each partition 10 MB of
	 * address space.
	 */
	private static void small(Map<String, String> settings) {
		settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
		settings.put("log.index.size.max.bytes", String.valueOf(1 << 20));
		settings.put("num.network.threads", "2");
		settings.put("num.io.threads", "4");
		settings.put("background.threads", "2");
		settings.put("num.recovery.threads.per.data.dir", "2");
	}

}
