package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Checks the partitions of the topics that are there, then has {@link KafkaAdmin} create
 * the missing ones and adjust the settings of the others, before anything is consumed.
 * When the brokers are away it goes on trying, and says so in the service's readiness,
 * which needs the topics and an answer of Kafka.
 */
final class TopicProvisioner extends AbstractHealthIndicator {

	private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final Duration CALL = Duration.ofSeconds(10);

	private static final Duration PROBE = Duration.ofSeconds(2);

	private final Admin admin;

	private final KafkaAdmin kafkaAdmin;

	private final List<NewTopic> topics;

	private volatile String state = "topics have not been checked yet";

	private volatile boolean ready;

	TopicProvisioner(Admin admin, KafkaAdmin kafkaAdmin, List<NewTopic> topics) {
		super("Kafka does not answer");
		this.admin = admin;
		this.kafkaAdmin = kafkaAdmin;
		this.topics = topics;
	}

	/** Tries until the topics are there, or nobody wants them any more; says which. */
	boolean provision(BooleanSupplier wanted) {
		while (!this.ready && wanted.getAsBoolean()) {
			try {
				tryToProvision();
				if (!this.ready) {
					Thread.sleep(PAUSE);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return this.ready;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws InterruptedException {
		builder.withDetail("topics", this.state);
		try {
			String cluster = this.admin.describeCluster().clusterId().get(PROBE.toMillis(), TimeUnit.MILLISECONDS);
			builder.withDetail("cluster", cluster).status(this.ready ? "UP" : "DOWN");
		}
		catch (ExecutionException | TimeoutException ex) {
			builder.down().withDetail("action", "Kafka does not answer: check ROLLCALL_KAFKA_BROKERS and the brokers");
		}
	}

	private void tryToProvision() throws InterruptedException {
		try {
			// First: Spring Kafka would add the partitions that are missing.
			String other = otherPartitions();
			if (other != null) {
				this.state = other;
				log.error("{}", other);
				return;
			}
			this.kafkaAdmin.createOrModifyTopics(this.topics.toArray(NewTopic[]::new));
			this.state = this.topics.size() + " topics are there";
			this.ready = true;
		}
		catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException ex) {
			this.state = "cannot create or check topics, trying again every " + PAUSE.toSeconds() + " s: "
					+ NestedExceptionUtils.getMostSpecificCause(ex);
			log.warn("{}. Check ROLLCALL_KAFKA_BROKERS and that the brokers are up", this.state);
		}
	}

	/** What is wrong with a topic's number of partitions, or null. */
	private @Nullable String otherPartitions() throws ExecutionException, TimeoutException, InterruptedException {
		Set<String> there = new HashSet<>(this.admin.listTopics().names().get(CALL.toMillis(), TimeUnit.MILLISECONDS));
		there.retainAll(this.topics.stream().map(NewTopic::name).toList());
		return this.admin.describeTopics(there)
			.allTopicNames()
			.get(CALL.toMillis(), TimeUnit.MILLISECONDS)
			.values()
			.stream()
			.filter((topic) -> topic.partitions().size() != Topics.PARTITIONS)
			.map((topic) -> ("Topic %s has %d partitions and must have %d: the order of its keys depends on it. Delete "
					+ "the topic (its content is lost) or restore its partitions")
				.formatted(topic.name(), topic.partitions().size(), Topics.PARTITIONS))
			.findFirst()
			.orElse(null);
	}

}
