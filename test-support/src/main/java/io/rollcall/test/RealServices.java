package io.rollcall.test;

import java.util.Map;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

/**
 * A real Kafka and a real MongoDB, started at first use and shared by all tests of this
 * JVM. The system property {@code rollcall.test.services} ({@code containers},
 * {@code embedded} or {@code auto}, which is the default) says where they come from; one
 * printed line says what was used and why.
 */
public final class RealServices {

	/** The system property that forces a way. */
	public static final String PROPERTY = "rollcall.test.services";

	private RealServices() {
	}

	/** What goes into {@code bootstrap.servers}. */
	public static String kafkaBrokers() {
		return Shared.PROVISION.kafkaBrokers();
	}

	/** A connection string without a database. */
	public static String mongoUri() {
		return Shared.PROVISION.mongoUri();
	}

	/** Both, as the properties that a service is started with. */
	public static Map<String, Object> properties() {
		return Map.of("rollcall.kafka.brokers", kafkaBrokers(), "rollcall.mongodb.uri", mongoUri());
	}

	/**
	 * Drops the database, so that a test begins with an empty one, and gives back its
	 * name.
	 */
	public static String freshMongoDatabase(String name) {
		try (MongoClient client = MongoClients.create(mongoUri())) {
			client.getDatabase(name).drop();
		}
		return name;
	}

	/**
	 * Deletes all topics and consumer groups, so that a test of whole services begins at
	 * the beginning.
	 */
	public static void freshTopics() {
		Topics.deleteAll(kafkaBrokers());
	}

	/** Starts both when first asked. */
	private static final class Shared {

		static final Provision PROVISION = Provisioning.chosenBy(System.getProperty(PROPERTY, "auto")).provide();

	}

}
