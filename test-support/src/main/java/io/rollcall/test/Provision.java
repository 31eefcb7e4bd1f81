package io.rollcall.test;

/** A Kafka and a MongoDB that run until they are closed. */
interface Provision extends AutoCloseable {

	String kafkaBrokers();

	String mongoUri();

	@Override
	void close();

}
