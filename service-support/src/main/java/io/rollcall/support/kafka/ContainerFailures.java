package io.rollcall.support.kafka;

import java.time.InstantSource;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * How containers that are made by hand handle failures; those of bindings have it of
 * themselves.
 */
public final class ContainerFailures {

	private static final Logger log = LoggerFactory.getLogger(ContainerFailures.class);

	private final FailingPartitions partitions;

	public ContainerFailures(FailingPartitions partitions) {
		this.partitions = partitions;
	}

	/** For a listener that nothing depends on: what fails in it is passed over. */
	public void passOver(AbstractMessageListenerContainer<?, ?> container) {
		PollFailures pollFailures = new PollFailures();
		container.setCommonErrorHandler(new DefaultErrorHandler() {

			@Override
			public void handleOtherException(Exception failure, Consumer<?, ?> consumer,
					MessageListenerContainer failing, boolean batchListener) {
				pollFailures.handle(failure, failing);
			}

		});
	}

	/**
	 * For a batch listener in Kafka transactions: what is rolled back is polled again
	 * after a pause, for ever.
	 * @param afterLoss what follows when records were deleted before they were read
	 */
	public <K, V> void rollBack(AbstractMessageListenerContainer<K, V> container, String group, AfterLoss afterLoss) {
		container.setCommonErrorHandler(new InTransactions());
		container.setAfterRollbackProcessor(new PollAgain<K, V>(group));
		this.partitions.watch(container, group);
		RetentionWatch.over(container, group, afterLoss, this.partitions, InstantSource.system());
	}

	/** Leaves what fails in the listener to the transaction, which is rolled back. */
	private static final class InTransactions implements CommonErrorHandler {

		private final PollFailures pollFailures = new PollFailures();

		@Override
		public void handleBatch(Exception failure, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
				MessageListenerContainer container, Runnable invokeListener) {
			throw new KafkaException("Rolled back", KafkaException.Level.DEBUG, failure);
		}

		@Override
		public void handleOtherException(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container,
				boolean batchListener) {
			this.pollFailures.handle(failure, container);
		}

	}

	private final class PollAgain<K, V> implements AfterRollbackProcessor<K, V> {

		private final String group;

		private PollAgain(String group) {
			this.group = group;
		}

		@Override
		public void process(List<ConsumerRecord<K, V>> records, Consumer<K, V> consumer,
				MessageListenerContainer container, Exception failure, boolean recoverable,
				ContainerProperties.EOSMode mode) {
			// From the last to the first: the first of each partition is sought last.
			records.reversed().forEach((record) -> {
				TopicPartition partition = new TopicPartition(record.topic(), record.partition());
				if (consumer.assignment().contains(partition)) {
					consumer.seek(partition, record.offset());
				}
			});
			int attempt = ContainerFailures.this.partitions.failed(this.group, records, consumer,
					FailureLog.root(failure).toString());
			FailureLog.failed(log, attempt, "A batch of %d records in group %s".formatted(records.size(), this.group),
					failure);
			Pauses.after(attempt, container);
		}

	}

}
