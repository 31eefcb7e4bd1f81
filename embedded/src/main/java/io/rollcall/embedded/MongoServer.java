package io.rollcall.embedded;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A MongoDB to work with: the configured one, otherwise a private {@code mongod}. */
public sealed interface MongoServer extends AutoCloseable permits EmbeddedMongo, MongoServer.Configured {

	/** The connection string without a database. */
	String uri();

	@Override
	void close();

	/**
	 * The configured MongoDB if there is one, otherwise a private one on a port with its
	 * data in a folder.
	 * @throws io.rollcall.embedded.mongod.NoMongodException if no {@code mongod} can be
	 * found
	 */
	static MongoServer open(@Nullable String configuredUri, Path folder, int port) {
		if (configuredUri != null && !configuredUri.isBlank()) {
			LoggerFactory.getLogger(MongoServer.class).info("MongoDB is the configured one (ROLLCALL_MONGODB_URI)");
			return new Configured(configuredUri);
		}
		return EmbeddedMongo.startIn(folder, port);
	}

	/** A server that somebody else runs. */
	record Configured(String uri) implements MongoServer {

		@Override
		public void close() {
			// not ours to stop
		}

	}

}
