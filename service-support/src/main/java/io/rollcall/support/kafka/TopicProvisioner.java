package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Checks the partitions of the topics that are there, then has {@link KafkaAdmin} create
 * the missing ones and adjust the settings of the others, before anything is consumed.
 * When the brokers are away it goes on trying in the background: the service starts and
 * says in its readiness that it waits for Kafka.
 */
final class TopicProvisioner implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final Duration CALL = Duration.ofSeconds(10);

	private final Admin admin;

	private final KafkaAdmin kafkaAdmin;

	private final Set<String> topics;

	private volatile boolean running;

	private volatile String state = "topics have not been checked yet";

	private volatile boolean ready;

	private final CountDownLatch done = new CountDownLatch(1);

	TopicProvisioner(Admin admin, KafkaAdmin kafkaAdmin, Set<String> topics) {
		this.admin = admin;
		this.kafkaAdmin = kafkaAdmin;
		this.topics = topics;
	}

	@Override
	public void start() {
		this.running = true;
		Thread.ofVirtual().name("topic-provisioner").start(this::provisionUntilDone);
	}

	@Override
	public void stop() {
		this.running = false;
		this.done.countDown();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	/** Waits until the topics are there; false when the service stops before. */
	boolean awaitReady() {
		try {
			this.done.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.ready;
	}

	boolean ready() {
		return this.ready;
	}

	String state() {
		return this.state;
	}

	private void provisionUntilDone() {
		while (this.running && !this.ready) {
			try {
				// First: Spring Kafka would add the partitions that are missing.
				refuseOtherPartitionCounts();
				this.kafkaAdmin.initialize();
				this.state = this.topics.size() + " topics are there";
				this.ready = true;
				this.done.countDown();
				return;
			}
			catch (OtherPartitions ex) {
				this.state = String.valueOf(ex.getMessage());
				log.error("{}", this.state);
			}
			catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException ex) {
				this.state = "cannot create or check topics, trying again every " + PAUSE.toSeconds() + " s: "
						+ Attempts.root(ex);
				log.warn("{}. Check ROLLCALL_KAFKA_BROKERS and that the brokers are up", this.state);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (!pause()) {
				return;
			}
		}
	}

	private void refuseOtherPartitionCounts() throws ExecutionException, TimeoutException, InterruptedException {
		Set<String> there = new HashSet<>(this.admin.listTopics().names().get(CALL.toMillis(), TimeUnit.MILLISECONDS));
		there.retainAll(this.topics);
		for (TopicDescription topic : this.admin.describeTopics(there)
			.allTopicNames()
			.get(CALL.toMillis(), TimeUnit.MILLISECONDS)
			.values()) {
			if (topic.partitions().size() != Topics.PARTITIONS) {
				throw new OtherPartitions(topic.name(), topic.partitions().size());
			}
		}
	}

	private boolean pause() {
		try {
			Thread.sleep(PAUSE);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** A topic has another number of partitions than it must have. */
	private static final class OtherPartitions extends RuntimeException {

		OtherPartitions(String topic, int partitions) {
			super(("Topic %s has %d partitions and must have %d: the order of its keys depends on it. Delete the topic "
					+ "(its content is lost) or restore its partitions")
				.formatted(topic, partitions, Topics.PARTITIONS));
		}

	}

}
