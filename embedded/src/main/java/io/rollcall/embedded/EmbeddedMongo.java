package io.rollcall.embedded;

import java.nio.file.Path;
import java.time.Duration;

import io.rollcall.embedded.mongod.Mongod;
import io.rollcall.embedded.mongod.MongodSearch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private {@code mongod} process: a replica set {@code rs0} of one on 127.0.0.1, with
 * its data in a folder. It ends with this JVM, however that ends, and can be stopped and
 * started again on the same port with the same data.
 */
public final class EmbeddedMongo implements MongoServer {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedMongo.class);

	private final Mongod mongod;

	private final Path folder;

	private final int port;

	private @Nullable MongodProcess process;

	private EmbeddedMongo(Mongod mongod, Path folder, int port) {
		this.mongod = mongod;
		this.folder = folder.toAbsolutePath();
		this.port = Ports.orFree(port);
	}

	/** A server on a free port, primary when this returns. */
	public static EmbeddedMongo startIn(Path folder) {
		return startIn(folder, 0);
	}

	/**
	 * A server on a port (0: a free one), primary when this returns.
	 * @throws io.rollcall.embedded.mongod.NoMongodException if no binary can be found
	 * @throws IllegalStateException if the port is taken, the folder is in use, or it
	 * does not start
	 */
	public static EmbeddedMongo startIn(Path folder, int port) {
		return startIn(folder, port, MongodSearch.standard().find());
	}

	static EmbeddedMongo startIn(Path folder, int port, Mongod mongod) {
		EmbeddedMongo mongo = new EmbeddedMongo(mongod, folder, port);
		mongo.start();
		return mongo;
	}

	@Override
	public String uri() {
		return "mongodb://" + address() + "/?replicaSet=" + SingleNodeReplicaSet.NAME;
	}

	/** The binary that runs, and how it was found. */
	public Mongod mongod() {
		return this.mongod;
	}

	/** Starts the server, or does nothing if it runs. */
	public synchronized void start() {
		if (this.process != null && this.process.isAlive()) {
			return;
		}
		LeftOver.end(this.folder);
		if (!Ports.isFree(this.port)) {
			throw new IllegalStateException("Port " + this.port + " on 127.0.0.1, wanted for MongoDB, is taken."
					+ " End the program that listens there, or choose another port.");
		}
		long begun = System.nanoTime();
		MongodProcess starting = MongodProcess.start(this.mongod.path(), this.folder, this.port);
		try {
			SingleNodeReplicaSet.awaitPrimary(address(), starting, Duration.ofSeconds(60));
		}
		catch (RuntimeException ex) {
			starting.stop();
			throw ex;
		}
		this.process = starting;
		logger.info("MongoDB {} runs on {} with its data in {} ({} ms)", this.mongod.version(), address(), this.folder,
				(System.nanoTime() - begun) / 1_000_000);
	}

	/** Stops the server and keeps its data; clients see it go away. */
	public synchronized void stop() {
		MongodProcess running = this.process;
		this.process = null;
		if (running != null) {
			running.stop();
		}
	}

	public synchronized boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	@Override
	public void close() {
		stop();
	}

	private String address() {
		return "127.0.0.1:" + this.port;
	}

}
