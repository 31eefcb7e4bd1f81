package io.rollcall.connector;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.rollcall.connector.flow.ConnectionLifecycle;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.ConnectorFlow;
import io.rollcall.connector.flow.HintHandler;
import io.rollcall.connector.flow.Hints;
import io.rollcall.connector.flow.Lags;
import io.rollcall.connector.flow.Observations;
import io.rollcall.connector.flow.Ownership;
import io.rollcall.connector.flow.RunEvents;
import io.rollcall.connector.flow.Runs;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.Subscriptions;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.flow.Webhook;
import io.rollcall.model.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the adapters to the flow. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SyncProperties.class, ConnectionProperties.class })
class ConnectorConfiguration {

	private static final Logger log = LoggerFactory.getLogger(ConnectorConfiguration.class);

	private static final int SECRET_BYTES = 32;

	@Bean
	InstantSource clock() {
		return InstantSource.system();
	}

	@Bean
	ConnectorFlow connectorFlow(ConnectorFlow.Ports ports, InstantSource clock, SyncProperties properties,
			@Value("${rollcall.public-url:}") String publicUrl) {
		boolean hints = !publicUrl.isBlank();
		if (!hints) {
			log.warn("ROLLCALL_PUBLIC_URL is not set: Graph cannot reach the webhook, so changes are found by "
					+ "scheduled and manual runs only");
		}
		SecureRandom random = new SecureRandom();
		ConnectorFlow.Chance chance = new ConnectorFlow.Chance(clock, () -> ThreadLocalRandom.current().nextDouble(),
				() -> new RunId(UUID.randomUUID().toString()), () -> secret(random));
		return new ConnectorFlow(ports, chance, properties.settings(hints));
	}

	@Bean
	ConnectorFlow.Ports ports(Connections connections, SyncStates states, Runs runs, Tenants tenants,
			Subscriptions subscriptions, Observations observations, RunEvents events, Hints hints, Lags lags) {
		return new ConnectorFlow.Ports(connections, states, runs, tenants, subscriptions, observations, events, hints,
				lags);
	}

	@Bean(destroyMethod = "stopAll")
	Ownership ownership(ConnectorFlow flow) {
		return flow.ownership();
	}

	@Bean
	HintHandler hintHandler(ConnectorFlow flow) {
		return flow.hintHandler();
	}

	@Bean
	Webhook webhook(ConnectorFlow flow) {
		return flow.webhook();
	}

	@Bean
	ConnectionLifecycle lifecycle(ConnectorFlow flow) {
		return flow.lifecycle();
	}

	@Bean
	ConfiguredConnections configuredConnections(ConnectionProperties properties, ConnectionLifecycle lifecycle) {
		return new ConfiguredConnections(properties, lifecycle);
	}

	private static Secret secret(SecureRandom random) {
		byte[] bytes = new byte[SECRET_BYTES];
		random.nextBytes(bytes);
		return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

}
