package io.rollcall.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own KRaft server in this JVM: one node, broker and controller at once, on
 * 127.0.0.1, with its data in a folder. It can be stopped and started again, on the same
 * port and with the same data, as often as wanted.
 */
public final class EmbeddedKafka implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedKafka.class);

	private final Path folder;

	private final int port;

	private final int controllerPort;

	private @Nullable KafkaRaftServer server;

	private @Nullable FolderLock lock;

	private EmbeddedKafka(Path folder, int port) {
		this.folder = folder.toAbsolutePath();
		this.port = Ports.orFree(port);
		this.controllerPort = Ports.free();
	}

	/** A broker on a free port, started. */
	public static EmbeddedKafka startIn(Path folder) {
		return startIn(folder, 0);
	}

	/**
	 * A broker on a port (0: a free one), started.
	 * @throws IllegalStateException if the port is taken or the folder is used by another
	 * broker
	 */
	public static EmbeddedKafka startIn(Path folder, int port) {
		EmbeddedKafka kafka = new EmbeddedKafka(folder, port);
		kafka.start();
		return kafka;
	}

	/** What goes into {@code bootstrap.servers}; the same through every restart. */
	public String bootstrapServers() {
		return "127.0.0.1:" + this.port;
	}

	/** Starts the broker, or does nothing if it runs. */
	public synchronized void start() {
		if (this.server != null) {
			return;
		}
		if (!Ports.isFree(this.port)) {
			throw new IllegalStateException("Port " + this.port + " on 127.0.0.1, wanted for Kafka, is taken."
					+ " End the program that listens there, or choose another port.");
		}
		long begun = System.nanoTime();
		FolderLock taken = FolderLock.of(this.folder);
		KafkaRaftServer starting;
		try {
			starting = startServer();
		}
		catch (RuntimeException ex) {
			taken.close();
			throw ex;
		}
		this.lock = taken;
		this.server = starting;
		logger.info("Kafka runs on {} with its data in {} ({} ms)", bootstrapServers(), this.folder,
				(System.nanoTime() - begun) / 1_000_000);
	}

	private KafkaRaftServer startServer() {
		format();
		KafkaRaftServer starting = new KafkaRaftServer(
				new KafkaConfig(EmbeddedKafkaSettings.of(this.folder, this.port, this.controllerPort), false),
				Time.SYSTEM);
		try {
			starting.startup();
			return starting;
		}
		catch (KafkaException ex) {
			starting.shutdown();
			throw new IllegalStateException("Kafka did not start on " + this.folder + ": " + ex.getMessage(), ex);
		}
	}

	/** Stops the broker and keeps its data; clients see it go away. */
	public synchronized void stop() {
		KafkaRaftServer running = this.server;
		this.server = null;
		if (running != null) {
			running.shutdown();
			running.awaitShutdown();
		}
		FolderLock held = this.lock;
		this.lock = null;
		if (held != null) {
			held.close();
		}
	}

	public synchronized boolean isRunning() {
		return this.server != null;
	}

	@Override
	public void close() {
		stop();
	}

	private void format() {
		if (Files.exists(this.folder.resolve("meta.properties"))) {
			return;
		}
		try {
			new Formatter().setNodeId(EmbeddedKafkaSettings.NODE)
				.setClusterId(Uuid.randomUuid().toString())
				.setControllerListenerName(EmbeddedKafkaSettings.CONTROLLER)
				.setMetadataLogDirectory(this.folder.toString())
				.addDirectory(this.folder.toString())
				.setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
				.run();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Kafka's folder " + this.folder + " cannot be written: " + ex, ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Kafka's folder " + this.folder + " could not be prepared: " + ex, ex);
		}
	}

}
