package io.rollcall.test;

import java.nio.file.Path;
import java.util.List;

import io.rollcall.embedded.EmbeddedMongo;
import org.awaitility.Awaitility;

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

	/** Kills it, as a power cut does. */
	public void kill() {
		String port = uri().replaceAll("\\D*\\d+\\.\\d+\\.\\d+\\.\\d+:(\\d+).*", "$1");
		ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().orElse("").endsWith("mongod")
					&& List.of(process.info().arguments().orElse(new String[0])).contains(port))
			.forEach((process) -> {
				process.destroyForcibly();
				process.onExit().join();
			});
		Awaitility.await().until(() -> !this.mongo.isRunning());
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
