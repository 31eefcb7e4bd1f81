package io.rollcall.test;

import java.nio.file.Path;

import io.rollcall.embedded.EmbeddedKafka;

/**
 * A broker of a test's own, in about half a second: for tests that must not see the
 * records of others, and for those that take the broker away. Always embedded; its folder
 * is deleted when it is closed.
 */
public final class PrivateKafka implements AutoCloseable {

	private final Path folder;

	private final EmbeddedKafka kafka;

	private PrivateKafka(Path folder) {
		this.folder = folder;
		this.kafka = EmbeddedKafka.startIn(folder.resolve("kafka"));
	}

	public static PrivateKafka start() {
		return new PrivateKafka(TemporaryFolder.create("kafka"));
	}

	/** What goes into {@code bootstrap.servers}; the same through every restart. */
	public String bootstrapServers() {
		return this.kafka.bootstrapServers();
	}

	/** Takes the broker away. */
	public void stop() {
		this.kafka.stop();
	}

	/** Brings it back where it was, with its records. */
	public void startAgain() {
		this.kafka.start();
	}

	@Override
	public void close() {
		this.kafka.close();
		TemporaryFolder.delete(this.folder);
	}

}
