package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether Kafka answers and has the topics; part of readiness, so it recovers when Kafka
 * does.
 */
final class KafkaReadiness extends AbstractHealthIndicator {

	private static final Duration CALL = Duration.ofSeconds(2);

	private final Admin admin;

	private final TopicProvisioner topics;

	KafkaReadiness(Admin admin, TopicProvisioner topics) {
		super("Kafka does not answer");
		this.admin = admin;
		this.topics = topics;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws InterruptedException {
		builder.withDetail("topics", this.topics.state());
		try {
			String cluster = this.admin.describeCluster().clusterId().get(CALL.toMillis(), TimeUnit.MILLISECONDS);
			builder.withDetail("cluster", cluster).status(this.topics.ready() ? "UP" : "DOWN");
		}
		catch (ExecutionException | TimeoutException ex) {
			builder.down().withDetail("action", "Kafka does not answer: check ROLLCALL_KAFKA_BROKERS and the brokers");
		}
	}

}
