package io.rollcall.test;

/** Both from {@code embedded/}, in a temporary folder. */
record EmbeddedProvision(PrivateKafka kafka, PrivateMongo mongo) implements Provision {

	static Provision start() {
		return new EmbeddedProvision(PrivateKafka.start(), PrivateMongo.start());
	}

	@Override
	public String kafkaBrokers() {
		return this.kafka.bootstrapServers();
	}

	@Override
	public String mongoUri() {
		return this.mongo.uri();
	}

	@Override
	public void close() {
		this.kafka.close();
		this.mongo.close();
	}

}
