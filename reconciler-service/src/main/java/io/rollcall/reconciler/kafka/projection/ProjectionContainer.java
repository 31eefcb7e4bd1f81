package io.rollcall.reconciler.kafka.projection;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.projection.Projection;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.ContainerFailures;
import io.rollcall.support.kafka.KafkaSettings;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Runs the projection. A batch that fails is rolled back and tried again, for ever and a
 * little later each time; one whose partitions went to somebody else cannot commit.
 */
public final class ProjectionContainer implements SmartLifecycle {

	private static final int WORTH_A_TRANSACTION = 64 * 1024;

	private static final int LONGEST_WAIT_MILLIS = 500;

	private final DefaultKafkaProducerFactory<byte[], byte[]> producers;

	private final ConcurrentMessageListenerContainer<byte[], byte[]> container;

	public ProjectionContainer(KafkaSettings kafka, ProjectionSettings settings, Projection projection,
			DeadLetters letters, ContainerFailures failures, InstantSource clock) {
		this.producers = new DefaultKafkaProducerFactory<>(producer(kafka, settings));
		// Two processes with one transactional id would fence each other all the time.
		this.producers.setTransactionIdPrefix(StateProjection.GROUP + "-" + UUID.randomUUID() + "-");
		ContainerProperties properties = new ContainerProperties(Topics.CHANGES);
		properties.setGroupId(StateProjection.GROUP);
		properties.setKafkaAwareTransactionManager(new FencedIsRolledBack(this.producers));
		KafkaTemplate<byte[], byte[]> operations = new KafkaTemplate<>(this.producers);
		properties.setMessageListener(new StateProjection(projection, operations, letters, clock));
		this.container = new ConcurrentMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(consumer(kafka, settings)), properties);
		this.container.setConcurrency(settings.consumers());
		this.container.setBeanName("projection");
		failures.rollBack(this.container, StateProjection.GROUP, new ProjectedAgain(projection, operations));
	}

	@Override
	public void start() {
		this.container.start();
	}

	@Override
	public void stop() {
		this.container.stop();
		this.producers.destroy();
	}

	@Override
	public boolean isRunning() {
		return this.container.isRunning();
	}

	private static Map<String, Object> consumer(KafkaSettings kafka, ProjectionSettings settings) {
		Map<String, Object> config = new HashMap<>(kafka.properties());
		config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers());
		config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
		// Each poll is a transaction, with a marker in every partition that it touches:
		// while
		// many changes come, few large ones cost brokers a fraction of many small ones.
		config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, WORTH_A_TRANSACTION);
		config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_WAIT_MILLIS);
		config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch());
		config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) settings.longestBatch().toMillis());
		return config;
	}

	private static Map<String, Object> producer(KafkaSettings kafka, ProjectionSettings settings) {
		Map<String, Object> config = new HashMap<>(kafka.properties());
		config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers());
		config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
		config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
		config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) settings.transactionTimeout().toMillis());
		return config;
	}

	/**
	 * A broker fences a producer whose transaction took too long. Spring Kafka would go
	 * on behind its batch, and the states in it would never be projected.
	 */
	private static final class FencedIsRolledBack extends KafkaTransactionManager<byte[], byte[]> {

		private static final long serialVersionUID = 1L;

		private FencedIsRolledBack(DefaultKafkaProducerFactory<byte[], byte[]> producers) {
			super(producers);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			try {
				super.doCommit(status);
			}
			catch (ProducerFencedException ex) {
				throw new KafkaException("The transaction took too long", ex);
			}
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			try {
				super.doRollback(status);
			}
			catch (ProducerFencedException ex) {
				// Whoever fenced it has aborted its transaction; what failed before is
				// told.
			}
		}

	}

}
