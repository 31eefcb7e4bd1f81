package io.rollcall.connector;

import java.time.Duration;

import io.rollcall.connector.flow.ConnectionLifecycle;
import io.rollcall.connector.flow.Refusal.Refused;
import io.rollcall.model.ConnectionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Sees at start that the configured connections are there, and tries until they are. */
final class ConfiguredConnections {

	private static final Logger log = LoggerFactory.getLogger(ConfiguredConnections.class);

	private static final Duration AGAIN = Duration.ofSeconds(2);

	private final ConnectionProperties properties;

	private final ConnectionLifecycle lifecycle;

	ConfiguredConnections(ConnectionProperties properties, ConnectionLifecycle lifecycle) {
		this.properties = properties;
		this.lifecycle = lifecycle;
	}

	@EventListener(ApplicationReadyEvent.class)
	void ensure() {
		Flux.fromIterable(this.properties.connections())
			.concatMap((configured) -> this.lifecycle.ensure(new ConnectionId(configured.id()), configured.settings())
				.doOnNext((there) -> log.info("Connection {} from configuration is {}", there.id(), there.status()))
				.doOnError((ex) -> log.warn("Connection {} from configuration could not be stored: {}", configured.id(),
						ex.toString()))
				.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN).filter((ex) -> !isFinal(ex)))
				.onErrorComplete())
			.then()
			.toFuture();
	}

	/** Another instance may have been faster, which is tried again; the rest stays. */
	private static boolean isFinal(Throwable failure) {
		return failure instanceof IllegalArgumentException || (failure instanceof Refused refused
				&& !(refused.refusal() instanceof io.rollcall.connector.flow.Refusal.NotNow));
	}

}
