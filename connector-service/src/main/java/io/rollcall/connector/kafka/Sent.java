package io.rollcall.connector.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.common.KafkaException;

/** Waits until Kafka has what was sent. */
final class Sent {

	/** {@code ce_source} of all that the connector publishes. */
	static final String SOURCE = "/rollcall/connector";

	private Sent() {
	}

	static void await(CompletableFuture<?> sent, Duration longest) {
		try {
			sent.get(longest.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw new KafkaException("Records could not be published", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new KafkaException("Kafka did not acknowledge records within " + longest, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new KafkaException("Interrupted while records were being published", ex);
		}
	}

}
