package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.rollcall.model.event.Topics;
import io.rollcall.support.kafka.TopicTable.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Creates the topics that are missing and checks the partitions of those that are there,
 * before any binding starts. When the brokers are away it waits a little, then goes on
 * trying in the background: the service starts and says in its readiness that it waits
 * for Kafka.
 */
final class TopicProvisioner implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final Duration CALL = Duration.ofSeconds(10);

	private final Admin admin;

	private final List<Topic> topics;

	private final short replicas;

	private volatile boolean running;

	private volatile String state = "topics have not been checked yet";

	private volatile boolean ready;

	private final CountDownLatch done = new CountDownLatch(1);

	TopicProvisioner(Admin admin, List<Topic> topics, short replicas) {
		this.admin = admin;
		this.topics = topics;
		this.replicas = replicas;
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
				provision();
				this.state = this.topics.size() + " topics are there";
				this.ready = true;
				this.done.countDown();
				return;
			}
			catch (ExecutionException | TimeoutException ex) {
				this.state = "cannot create or check topics, trying again every " + PAUSE.toSeconds() + " s: "
						+ rootMessage(ex);
				log.warn("{}. Check ROLLCALL_KAFKA_BROKERS and that the brokers are up", this.state);
			}
			catch (IllegalStateException ex) {
				this.state = rootMessage(ex);
				log.error("{}", this.state);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			if (!pause()) {
				return;
			}
		}
	}

	private void provision() throws ExecutionException, TimeoutException, InterruptedException {
		var existing = this.admin.listTopics().names().get(CALL.toMillis(), TimeUnit.MILLISECONDS);
		List<NewTopic> missing = new ArrayList<>();
		for (Topic topic : this.topics) {
			if (!existing.contains(topic.name())) {
				missing.add(new NewTopic(topic.name(), Optional.of(Topics.PARTITIONS),
						(this.replicas > 0) ? Optional.of(this.replicas) : Optional.empty())
					.configs(topic.settings()));
			}
		}
		for (Map.Entry<String, KafkaFuture<Void>> created : this.admin.createTopics(missing).values().entrySet()) {
			try {
				created.getValue().get(CALL.toMillis(), TimeUnit.MILLISECONDS);
				log.info("Created topic {}", created.getKey());
			}
			catch (ExecutionException ex) {
				// Another service was faster: that is as good.
				if (!(ex.getCause() instanceof TopicExistsException)) {
					throw ex;
				}
			}
		}
		check(this.admin.describeTopics(this.topics.stream().map(Topic::name).toList())
			.allTopicNames()
			.get(CALL.toMillis(), TimeUnit.MILLISECONDS));
	}

	private static void check(Map<String, TopicDescription> described) {
		described.forEach((name, topic) -> {
			if (topic.partitions().size() != Topics.PARTITIONS) {
				throw new IllegalStateException(("Topic %s has %d partitions and must have %d: the order of its keys "
						+ "depends on it. Delete the topic (its content is lost) or restore its partitions")
					.formatted(name, topic.partitions().size(), Topics.PARTITIONS));
			}
		});
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

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root.getClass().getSimpleName() + ((root.getMessage() != null) ? ": " + root.getMessage() : "");
	}

}
