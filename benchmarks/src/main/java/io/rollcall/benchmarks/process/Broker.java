package io.rollcall.benchmarks.process;

import java.nio.file.Path;

import io.rollcall.embedded.EmbeddedKafka;

/** The embedded Kafka broker as a process of its own: folder and port. */
public final class Broker {

	private Broker() {
	}

	public static void main(String[] args) {
		EmbeddedKafka kafka = EmbeddedKafka.startIn(Path.of(args[0]), Integer.parseInt(args[1]));
		Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
	}

}
