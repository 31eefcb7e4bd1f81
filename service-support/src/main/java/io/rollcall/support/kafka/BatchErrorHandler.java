package io.rollcall.support.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * A {@link BadRecordException} sets its record aside and the batch goes on behind it;
 * anything else has the batch polled again after a pause, for ever. It is polled again
 * and not called again as it was: only so may a later attempt find a bad record in it,
 * and a partition that went to another consumer meanwhile is left alone.
 */
final class BatchErrorHandler implements CommonErrorHandler {

	private static final Logger log = LoggerFactory.getLogger(BatchErrorHandler.class);

	private final String group;

	private final ConsumerRecordRecoverer deadLetters;

	private final FailingPartitions partitions;

	private final PollFailures pollFailures = new PollFailures();

	BatchErrorHandler(String group, ConsumerRecordRecoverer deadLetters, FailingPartitions partitions) {
		this.group = group;
		this.deadLetters = deadLetters;
		this.partitions = partitions;
	}

	@Override
	public boolean seeksAfterHandling() {
		return true;
	}

	@Override
	public void handleBatch(Exception failure, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable invokeListener) {
		BadRecordException bad = badRecord(failure);
		if (bad != null && bad.getIndex() < records.count()) {
			setAside(bad, records, consumer, container);
		}
		else {
			pollAgain(failure, records, consumer, container);
		}
		// Offsets must not be committed by the container: they are where they should be.
		throw new KafkaException("Handled", KafkaException.Level.DEBUG, failure);
	}

	@Override
	public void handleOtherException(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		this.pollFailures.handle(failure, container);
	}

	private void setAside(BadRecordException bad, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		Map<TopicPartition, OffsetAndMetadata> done = new LinkedHashMap<>();
		Map<TopicPartition, Long> next = new LinkedHashMap<>();
		int index = 0;
		for (ConsumerRecord<?, ?> record : records) {
			TopicPartition partition = new TopicPartition(record.topic(), record.partition());
			if (index < bad.getIndex()) {
				done.put(partition, ListenerUtils.createOffsetAndMetadata(container, record.offset() + 1));
			}
			else if (index > bad.getIndex()) {
				next.putIfAbsent(partition, record.offset());
			}
			else {
				try {
					this.deadLetters.accept(record, bad);
				}
				catch (RuntimeException ex) {
					pollAgain(ex, records, consumer, container);
					return;
				}
				done.put(partition, ListenerUtils.createOffsetAndMetadata(container, record.offset() + 1));
			}
			index++;
		}
		// First: if the commit fails, records are delivered again and none is passed
		// over.
		next.forEach((partition, offset) -> seek(consumer, partition, offset));
		consumer.commitSync(done);
	}

	private void pollAgain(Exception failure, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		records.partitions()
			.forEach((partition) -> seek(consumer, partition, records.records(partition).getFirst().offset()));
		int attempt = this.partitions.failed(this.group, records, consumer, FailureLog.root(failure).toString());
		FailureLog.failed(log, attempt,
				"A batch of %d records of %s in group %s".formatted(records.count(), records.partitions(), this.group),
				failure);
		Pauses.after(attempt, container);
	}

	private static void seek(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
		if (consumer.assignment().contains(partition)) {
			consumer.seek(partition, offset);
		}
	}

	private static @Nullable BadRecordException badRecord(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BadRecordException bad) {
				return bad;
			}
		}
		return null;
	}

}
