package io.rollcall.connector;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.rollcall.connector.flow.Announcements;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Hints;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.ConnectorFlow;
import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.connector.flow.hint.HintHandler;
import io.rollcall.connector.flow.hint.Webhook;
import io.rollcall.connector.flow.read.Observations;
import io.rollcall.connector.flow.read.Tenants;
import io.rollcall.connector.flow.read.WantedObjects;
import io.rollcall.connector.flow.subscription.Sources;
import io.rollcall.connector.flow.subscription.Subscriptions;
import io.rollcall.connector.graph.GraphSettings;
import io.rollcall.connector.rules.Due;
import io.rollcall.model.RunId;
import io.rollcall.support.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the adapters to the flow. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SyncSettings.class, ConnectionProperties.class })
class ConnectorConfiguration {

	private static final Logger log = LoggerFactory.getLogger(ConnectorConfiguration.class);

	private static final int SECRET_BYTES = 32;

	@Bean
	InstantSource clock() {
		return InstantSource.system();
	}

	@Bean
	ConnectorFlow.Ports ports(Connections connections, Sources sources, SyncStates states, Tenants tenants,
			Subscriptions subscriptions, Observations observations, WantedObjects wanted, Announcements announcements,
			Hints hints) {
		return new ConnectorFlow.Ports(connections, sources, states, tenants, subscriptions, observations, wanted,
				announcements, hints);
	}

	@Bean
	ConnectorFlow.Timing timing(SyncSettings settings, @Value("${rollcall.public-url:}") String publicUrl) {
		boolean hints = !publicUrl.isBlank();
		if (!hints) {
			log.warn("ROLLCALL_PUBLIC_URL is not set: Graph cannot reach the webhook, so changes are found by "
					+ "polling, every {}", settings.askAlways());
		}
		FailurePolicy policy = new FailurePolicy(new Backoff(settings.retryFirst(), Duration.ofMinutes(5)),
				new Backoff(settings.personFirst(), Duration.ofHours(1)));
		return new ConnectorFlow.Timing(hints, new Due(settings.askAgain(), settings.askAlways()), policy,
				settings.fullRuns(), settings.subscriptionCheck(), settings.objectAgain());
	}

	@Bean
	ConnectorFlow connectorFlow(ConnectorFlow.Ports ports, ConnectorFlow.Timing timing, InstantSource clock) {
		SecureRandom random = new SecureRandom();
		return new ConnectorFlow(ports, timing,
				new ConnectorFlow.Chance(clock, () -> ThreadLocalRandom.current().nextDouble(),
						() -> new RunId(UUID.randomUUID().toString()), () -> secret(random)));
	}

	@Bean(destroyMethod = "stopAll")
	Ownership ownership(ConnectorFlow flow) {
		return flow.ownership();
	}

	@Bean
	HintHandler hintHandler(SyncStates states, Sources sources, WantedObjects wanted, Ownership ownership,
			InstantSource clock) {
		return new HintHandler(states, sources, wanted, ownership, clock);
	}

	@Bean
	Webhook webhook(Sources sources, Hints hints, InstantSource clock) {
		return new Webhook(sources, hints, clock);
	}

	@Bean
	ConnectionLifecycle lifecycle(ConnectorFlow flow, ConnectorFlow.Ports ports, SyncSettings settings,
			GraphSettings graph, InstantSource clock) {
		return new ConnectionLifecycle(ports.connections(), ports.tenants(), ports.announcements(), ports.hints(),
				flow::unsubscribe, settings.manualEvery(), graph.name(), clock);
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
