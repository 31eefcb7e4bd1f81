package io.rollcall.benchmarks.stage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.TopicTable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * Kafka for the stages: the services' publisher, and a consumer that reads to the end.
 */
final class Topic implements AutoCloseable {

	private static final int IN_FLIGHT = 4;

	private final DefaultKafkaProducerFactory<byte[], byte[]> producers;

	private final EventPublisher publisher;

	private final Watch watch;

	Topic(String brokers, Watch watch) {
		this.watch = watch;
		create(brokers);
		// As service-support sets it up.
		this.producers = new DefaultKafkaProducerFactory<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
				ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
				ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class, ProducerConfig.ACKS_CONFIG,
				"all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
				ProducerConfig.LINGER_MS_CONFIG, 2, ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024));
		this.publisher = new EventPublisher(this.producers);
	}

	/** Publishes lists, a few ahead of their acknowledgement. */
	long publish(String topic, List<? extends List<? extends Envelope<?>>> lists) {
		java.util.ArrayDeque<java.util.concurrent.CompletableFuture<?>> sent = new java.util.ArrayDeque<>();
		long records = 0;
		for (List<? extends Envelope<?>> list : lists) {
			sent.add(this.publisher.publishAll(topic, list));
			records += list.size();
			if (sent.size() >= IN_FLIGHT) {
				sent.remove().join();
			}
		}
		sent.forEach(java.util.concurrent.CompletableFuture::join);
		return records;
	}

	/** Where the topic ends now, to read what comes next. */
	Map<org.apache.kafka.common.TopicPartition, Long> here(String topic) {
		return this.watch.ends(topic);
	}

	/** Polls from there to where the topic ends. */
	void poll(Map<org.apache.kafka.common.TopicPartition, Long> from, String topic,
			java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> reader) {
		Map<org.apache.kafka.common.TopicPartition, Long> ends = this.watch.ends(topic);
		try (KafkaConsumer<byte[], byte[]> consumer = this.watch.consumer()) {
			consumer.assign(ends.keySet());
			from.forEach(consumer::seek);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				reader.accept(consumer.poll(Duration.ofMillis(200)));
			}
		}
	}

	@Override
	public void close() {
		this.producers.destroy();
	}

	private static void create(String brokers) {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
			admin
				.createTopics(TopicTable.all()
					.stream()
					.map((topic) -> new NewTopic(topic.name(), Topics.PARTITIONS, (short) 1).configs(topic.settings()))
					.toList())
				.all()
				.get();
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof TopicExistsException)) {
				throw new IllegalStateException("topics cannot be created: " + ex.getCause(), ex);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
