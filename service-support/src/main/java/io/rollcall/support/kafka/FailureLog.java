package io.rollcall.support.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.RetryListener;

/**
 * Says once per attempt that a batch failed and is tried again: one line, the stack only
 * the first time.
 */
final class FailureLog implements RetryListener {

	private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

	private final String topic;

	private final String group;

	FailureLog(String topic, String group) {
		this.topic = topic;
		this.group = group;
	}

	@Override
	public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
		log.debug("Record {}-{}@{} failed in group {}", record.topic(), record.partition(), record.offset(), this.group,
				failure);
	}

	@Override
	public void failedDelivery(ConsumerRecords<?, ?> records, Exception failure, int attempt) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		if (attempt == 1) {
			log.warn("A batch of {} records of {} failed in group {} and is tried again until it succeeds",
					records.count(), this.topic, this.group, failure);
		}
		else {
			log.warn("Attempt {} at a batch of {} in group {} failed: {}", attempt, this.topic, this.group,
					root.toString());
		}
	}

}
