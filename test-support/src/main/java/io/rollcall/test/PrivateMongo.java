package io.rollcall.test;

import java.nio.file.Path;

import io.rollcall.embedded.EmbeddedMongo;

/**
 * A {@code mongod} of a test's own, in about a second: for tests that take the database
 * away. Always embedded; its folder is deleted when it is closed.
 */
public final class PrivateMongo implements AutoCloseable {

	private final Path folder;

	private final EmbeddedMongo mongo;

	private PrivateMongo(Path folder) {
		this.folder = folder;
		this.mongo = EmbeddedMongo.startIn(folder.resolve("mongo"));
	}

	public static PrivateMongo start() {
		return new PrivateMongo(TemporaryFolder.create("mongo"));
	}

	/** A connection string without a database; the same through every restart. */
	public String uri() {
		return this.mongo.uri();
	}

	/** Takes the database away. */
	public void stop() {
		this.mongo.stop();
	}

	/** Brings it back where it was, with its documents. */
	public void startAgain() {
		this.mongo.start();
	}

	@Override
	public void close() {
		this.mongo.close();
		TemporaryFolder.delete(this.folder);
	}

}
