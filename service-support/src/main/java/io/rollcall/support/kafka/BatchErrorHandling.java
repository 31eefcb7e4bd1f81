package io.rollcall.support.kafka;

import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.rollcall.model.event.Topics;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.stream.binder.kafka.ListenerContainerWithDlqAndRetryCustomizer;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.util.backoff.BackOff;

/**
 * Replaces the binder's handling of failed batches, which would send a whole poll to the
 * dead-letter topic, or log and skip it. Here a {@link BadRecordException} sets one
 * record aside, and anything else is tried again for ever; what was deleted before it was
 * read is noticed.
 */
final class BatchErrorHandling implements ListenerContainerWithDlqAndRetryCustomizer {

	private final DeadLetters letters;

	private final KafkaOperations<byte[], byte[]> operations;

	private final FailingPartitions partitions;

	private final Function<String, AfterLoss> afterLoss;

	private final InstantSource clock;

	/**
	 * @param afterLoss what follows when records of a topic are lost
	 */
	BatchErrorHandling(DeadLetters letters, KafkaOperations<byte[], byte[]> operations, FailingPartitions partitions,
			Function<String, AfterLoss> afterLoss, InstantSource clock) {
		this.letters = letters;
		this.operations = operations;
		this.partitions = partitions;
		this.afterLoss = afterLoss;
		this.clock = clock;
	}

	@Override
	public void configure(AbstractMessageListenerContainer<?, ?> container, String topic, String group,
			@Nullable BiFunction<ConsumerRecord<?, ?>, Exception, TopicPartition> dlqResolver,
			@Nullable BackOff backOff) {
		DeadLetterPublishingRecoverer toTopic = new DeadLetterPublishingRecoverer(this.operations,
				(record, failure) -> new TopicPartition(Topics.deadLetters(topic, group), record.partition()));
		container.setCommonErrorHandler(new BatchErrorHandler(group,
				new DeadLetterRecoverer(group, this.letters, toTopic, this.clock), this.partitions));
		this.partitions.watch(container, group);
		RetentionWatch.over(container, group, this.afterLoss.apply(topic), this.partitions, this.clock);
	}

	@Override
	public boolean retryAndDlqInBinding(String destination, String group) {
		return false;
	}

}
