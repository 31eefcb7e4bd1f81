package io.rollcall.connector;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.ConnectorFlow;
import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.connector.flow.hint.HintHandler;
import io.rollcall.connector.flow.hint.Webhook;
import io.rollcall.connector.flow.consent.ConsentPages;
import io.rollcall.connector.flow.consent.ConsentRequests;
import io.rollcall.connector.flow.consent.Consents;
import io.rollcall.connector.flow.credential.Credentials;
import io.rollcall.connector.flow.selftest.SelfTest;
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
import org.springframework.context.annotation.Import;

/** Joins the adapters to the flow. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ SyncSettings.class, ConnectionProperties.class })
@Import({ Ports.class, HintHandler.class, Webhook.class, SelfTest.class, Credentials.class,
		ConfiguredConnections.class })
class ConnectorConfiguration {

	private static final Logger log = LoggerFactory.getLogger(ConnectorConfiguration.class);

	private static final int SECRET_BYTES = 32;

	/** Of a loop that cannot store or publish. */
	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	@Bean
	InstantSource clock() {
		return InstantSource.system();
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
				new Backoff(Duration.ofMillis(100), LONGEST_PAUSE), settings.fullRuns(), settings.subscriptionCheck(),
				settings.objectAgain());
	}

	@Bean
	ConnectorFlow connectorFlow(Ports ports, ConnectorFlow.Timing timing, InstantSource clock) {
		SecureRandom random = new SecureRandom();
		return new ConnectorFlow(ports, timing,
				new ConnectorFlow.Chance(clock, () -> ThreadLocalRandom.current().nextDouble(),
						() -> new RunId(UUID.randomUUID().toString()), () -> secret(random)));
	}

	@Bean(destroyMethod = "stopAll")
	Ownership ownership(ConnectorFlow flow) {
		return new Ownership(flow);
	}

	@Bean
	ConnectionLifecycle lifecycle(Ownership ownership, Ports ports, SyncSettings settings, GraphSettings graph,
			InstantSource clock) {
		return new ConnectionLifecycle(ports, ownership::unsubscribe, settings.manualEvery(), graph.name(), clock);
	}

	@Bean
	Consents consents(ConsentRequests requests, ConsentPages pages, ConsentPages.Seals seals,
			ConnectionLifecycle lifecycle, ConnectorFlow flow, InstantSource clock) {
		return new Consents(requests, pages, seals, lifecycle, flow.chance().secrets(), clock);
	}

	private static Secret secret(SecureRandom random) {
		byte[] bytes = new byte[SECRET_BYTES];
		random.nextBytes(bytes);
		return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

}
