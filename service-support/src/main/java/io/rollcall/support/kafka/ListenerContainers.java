package io.rollcall.support.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Makes the containers that the binder cannot make, before the service has started, and
 * starts them when the topics are there, behind the web server; whoever makes one neither
 * starts nor stops it. A container of a group commits nothing: its listener does,
 * synchronously, as often as it likes. An exception of the listener seeks every polled
 * partition back to its committed position and the poll comes again, after pauses that
 * grow up to 10 s, for ever; a {@link BadRecordException} sets one record aside. What the
 * listener returns from without committing is not polled again before the next
 * assignment.
 */
public final class ListenerContainers {

	private final KafkaSettings settings;

	private final ContainerCare care;

	private final LossWatch losses;

	private final List<ConcurrentMessageListenerContainer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();

	ListenerContainers(KafkaSettings settings, ContainerCare care, LossWatch losses) {
		this.settings = settings;
		this.care = care;
		this.losses = losses;
	}

	/**
	 * A container of a group.
	 * @param topics all in one subscription; the first goes first where much waits of
	 * others
	 * @param concurrency how many consumers
	 * @param properties of the consumers, beside {@link KafkaSettings#consumer()}
	 * @param listener commits what it has done
	 * @param assignments is told of assignments, after it is known that nothing of them
	 * was lost or after that was made up for; null for nobody
	 */
	public ConcurrentMessageListenerContainer<byte[], byte[]> create(String group, List<String> topics, int concurrency,
			Map<String, ?> properties, BatchConsumerAwareMessageListener<byte[], byte[]> listener,
			@Nullable ConsumerAwareRebalanceListener assignments) {
		ContainerProperties container = new ContainerProperties(topics.toArray(String[]::new));
		container.setGroupId(group);
		container.setMessageListener(listener);
		if (assignments != null) {
			container.setConsumerRebalanceListener(assignments);
		}
		DefaultKafkaConsumerFactory<byte[], byte[]> consumers = consumers(properties);
		if (topics.size() > 1) {
			consumers.addPostProcessor(new TopicFirst(topics.getFirst(), mostRecords(properties)));
		}
		ConcurrentMessageListenerContainer<byte[], byte[]> made = container(group, container, consumers);
		made.setConcurrency(concurrency);
		this.care.commitsItself(made, group);
		this.made.add(made);
		return made;
	}

	/**
	 * A container without a group that reads all partitions of a topic from their end,
	 * and passes over what fails: for what nothing depends on.
	 */
	public ConcurrentMessageListenerContainer<byte[], byte[]> tail(String name, String topic,
			BatchMessageListener<byte[], byte[]> listener) {
		ContainerProperties container = new ContainerProperties(IntStream.range(0, Topics.PARTITIONS)
			.mapToObj((partition) -> new TopicPartitionOffset(topic, partition, TopicPartitionOffset.SeekPosition.END))
			.toArray(TopicPartitionOffset[]::new));
		container.setMessageListener(listener);
		ConcurrentMessageListenerContainer<byte[], byte[]> made = container(name, container,
				consumers(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest")));
		this.care.passesOver(made);
		this.made.add(made);
		return made;
	}

	private static ConcurrentMessageListenerContainer<byte[], byte[]> container(String name,
			ContainerProperties properties, ConsumerFactory<byte[], byte[]> consumers) {
		// Manual, and nobody acknowledges: the container commits nothing.
		properties.setAckMode(ContainerProperties.AckMode.MANUAL);
		properties.setMissingTopicsFatal(false);
		ConcurrentMessageListenerContainer<byte[], byte[]> container = new ConcurrentMessageListenerContainer<>(
				consumers, properties);
		container.setBeanName(name);
		return container;
	}

	private DefaultKafkaConsumerFactory<byte[], byte[]> consumers(Map<String, ?> more) {
		Map<String, Object> config = new HashMap<>(this.settings.consumer());
		config.putAll(more);
		DefaultKafkaConsumerFactory<byte[], byte[]> consumers = new DefaultKafkaConsumerFactory<>(config);
		consumers.addPostProcessor(this.losses);
		return consumers;
	}

	private static int mostRecords(Map<String, ?> properties) {
		return (properties.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG) instanceof Integer most) ? most
				: ConsumerConfig.DEFAULT_MAX_POLL_RECORDS;
	}

	void start() {
		this.made.forEach(ConcurrentMessageListenerContainer::start);
	}

	/** All at once, as each waits for what it is doing. */
	void stop() {
		try (ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
			this.made.forEach((container) -> stopping.execute(container::stop));
		}
	}

}
