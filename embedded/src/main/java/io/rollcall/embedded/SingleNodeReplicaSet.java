package io.rollcall.embedded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/** Makes a {@code mongod} the primary of a replica set of one. */
final class SingleNodeReplicaSet {

	static final String NAME = "rs0";

	private static final int NOT_YET_INITIALIZED = 94;

	private SingleNodeReplicaSet() {
	}

	/**
	 * Waits until the server takes writes, and initiates the set on an empty folder.
	 * @throws IllegalStateException if the process ends or the time is over
	 */
	static void awaitPrimary(String address, MongodProcess process, Duration atMost) {
		long end = System.nanoTime() + atMost.toNanos();
		try (MongoClient client = MongoClients.create(settings(address))) {
			MongoDatabase admin = client.getDatabase("admin");
			while (!isPrimary(admin, address)) {
				if (!process.isAlive()) {
					throw new IllegalStateException("mongod ended at once. It said:\n" + process.lastWords());
				}
				if (System.nanoTime() > end) {
					throw new IllegalStateException("mongod was not primary within " + atMost.toSeconds()
							+ " s. It said:\n" + process.lastWords());
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			}
		}
	}

	private static boolean isPrimary(MongoDatabase admin, String address) {
		try {
			if (admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary", false)) {
				return true;
			}
			configure(admin, address);
		}
		catch (MongoException ex) {
			// not up yet, or just electing: asked again
		}
		return false;
	}

	/** A folder that last ran on another port has the old address in its set. */
	private static void configure(MongoDatabase admin, String address) {
		try {
			Document config = admin.runCommand(new Document("replSetGetConfig", 1)).get("config", Document.class);
			if (!config.getList("members", Document.class).getFirst().getString("host").equals(address)) {
				config.put("members", members(address));
				config.put("version", config.getInteger("version") + 1);
				admin.runCommand(new Document("replSetReconfig", config).append("force", true));
			}
		}
		catch (MongoCommandException ex) {
			if (ex.getErrorCode() == NOT_YET_INITIALIZED) {
				admin.runCommand(
						new Document("replSetInitiate", new Document("_id", NAME).append("members", members(address))));
			}
		}
	}

	private static List<Document> members(String address) {
		return List.of(new Document("_id", 0).append("host", address));
	}

	private static MongoClientSettings settings(String address) {
		return MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString("mongodb://" + address + "/?directConnection=true"))
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(500, TimeUnit.MILLISECONDS))
			.applyToServerSettings((server) -> server.heartbeatFrequency(50, TimeUnit.MILLISECONDS)
				.minHeartbeatFrequency(20, TimeUnit.MILLISECONDS))
			.build();
	}

}
