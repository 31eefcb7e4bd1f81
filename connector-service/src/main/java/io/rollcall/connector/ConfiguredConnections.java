package io.rollcall.connector;

import java.time.Duration;

import io.rollcall.connector.ConnectionProperties.Configured;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.Refused;
import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Sees at start that the configured connections are there, and tries until they are. */
final class ConfiguredConnections implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(ConfiguredConnections.class);

	private static final Duration AGAIN = Duration.ofSeconds(2);

	private final ConnectionProperties properties;

	private final ConnectionLifecycle lifecycle;

	private @Nullable Thread thread;

	ConfiguredConnections(ConnectionProperties properties, ConnectionLifecycle lifecycle) {
		this.properties = properties;
		this.lifecycle = lifecycle;
	}

	@EventListener(ApplicationReadyEvent.class)
	void ensure() {
		this.thread = Thread.ofVirtual()
			.name("configured-connections")
			.start(() -> this.properties.connections().forEach(this::ensure));
	}

	private void ensure(Configured configured) {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				Connection there = this.lifecycle.ensure(new ConnectionId(configured.id()), configured.settings());
				log.info("Connection {} from configuration is {}", there.id(), there.status());
				return;
			}
			catch (RuntimeException ex) {
				log.warn("Connection {} from configuration could not be stored: {}", configured.id(), ex.toString());
				if (isFinal(ex)) {
					return;
				}
			}
			try {
				Thread.sleep(AGAIN);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Another instance may have been faster, which is tried again; the rest stays. */
	private static boolean isFinal(RuntimeException failure) {
		return failure instanceof IllegalArgumentException
				|| (failure instanceof Refused refused && refused.why() != Refused.Why.NOT_NOW);
	}

	@Override
	public void destroy() {
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

}
