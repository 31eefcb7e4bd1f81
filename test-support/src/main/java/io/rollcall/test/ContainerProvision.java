package io.rollcall.test;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mongodb.MongoDBContainer;

/** Both from the official images, through Testcontainers. */
record ContainerProvision(KafkaContainer kafka, MongoDBContainer mongo) implements Provision {

	private static final String KAFKA = "apache/kafka:4.2.1";

	private static final String MONGO = "mongo:8.0";

	static Provision start() {
		Engine.require(KAFKA, MONGO);
		ContainerProvision provision = new ContainerProvision(
				new KafkaContainer(KAFKA).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
				new MongoDBContainer(MONGO).withReplicaSet());
		try {
			Startables.deepStart(provision.kafka, provision.mongo).join();
		}
		catch (RuntimeException ex) {
			provision.close();
			throw new IllegalStateException("an engine answers, but the containers did not start: " + rootOf(ex), ex);
		}
		return provision;
	}

	@Override
	public String kafkaBrokers() {
		return this.kafka.getBootstrapServers();
	}

	/** Direct, because the set's own name for its member is one inside the container. */
	@Override
	public String mongoUri() {
		return this.mongo.getConnectionString() + "/?directConnection=true";
	}

	@Override
	public void close() {
		this.kafka.stop();
		this.mongo.stop();
	}

	private static String rootOf(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
	}

}
