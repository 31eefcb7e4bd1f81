package io.rollcall.connector;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

import io.rollcall.connector.ConnectionProperties.Configured;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.ConnectorFlow;
import io.rollcall.connector.flow.connection.Loop;
import io.rollcall.connector.flow.connection.Refused;
import io.rollcall.model.ConnectionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Sees at start that the configured connections are there, and tries until they are. */
final class ConfiguredConnections extends Loop implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(ConfiguredConnections.class);

	private final Queue<Configured> left;

	private final ConnectionLifecycle lifecycle;

	ConfiguredConnections(ConnectionProperties properties, ConnectionLifecycle lifecycle, ConnectorFlow flow) {
		super("configured-connections", flow);
		this.left = new ArrayDeque<>(properties.connections());
		this.lifecycle = lifecycle;
	}

	@EventListener(ApplicationReadyEvent.class)
	void ready() {
		start();
	}

	@Override
	protected Instant step(boolean looks) {
		Configured configured = this.left.peek();
		if (configured == null) {
			stop();
			return Instant.MIN;
		}
		try {
			Connection there = this.lifecycle.ensure(new ConnectionId(configured.id()), configured.settings());
			log.info("Connection {} from configuration is {}", there.id(), there.status());
		}
		catch (IllegalArgumentException | Refused ex) {
			// Another instance may have been faster, which is tried again; the rest
			// stays.
			if (ex instanceof Refused refused && refused.why() == Refused.Why.NOT_NOW) {
				throw ex;
			}
			log.warn("Connection {} from configuration could not be stored: {}", configured.id(), ex.toString());
		}
		this.left.remove();
		return Instant.MIN;
	}

	@Override
	public void destroy() {
		stop();
	}

}
