package io.rollcall.notifier.kafka;

import java.nio.charset.StandardCharsets;

import io.rollcall.model.event.Topics;
import io.rollcall.notifier.flow.InboxListeners;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.kafka.ListenerContainers;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.stereotype.Component;

/**
 * Reads the end of the alerts topic, without a group and without committing: an alert
 * that any instance filed wakes the streams that are open at this one. Alerts are filed
 * before they are published, and when the end is looked for all streams are woken once
 * its place is known; so no stream has to look by itself.
 */
@Component
class AlertTail {

	private final InboxListeners listeners;

	AlertTail(ListenerContainers containers, InboxListeners listeners) {
		this.listeners = listeners;
		containers.tail("alert-tail", Topics.ALERTS, (records) -> records.forEach(this::wake))
			.setBatchInterceptor(new WakingAll());
	}

	/** The key says it all: {@code organization:recipient}. */
	private void wake(ConsumerRecord<byte[], byte[]> record) {
		this.listeners.wake(InboxId.parse(new String(record.key(), StandardCharsets.UTF_8)));
	}

	/** Before a consumer polls for the first time. */
	private final class WakingAll implements BatchInterceptor<byte[], byte[]> {

		private @Nullable Consumer<?, ?> known;

		@Override
		public void setupThreadState(Consumer<?, ?> consumer) {
			if (this.known != consumer) {
				consumer.assignment().forEach(consumer::position);
				AlertTail.this.listeners.wakeAll();
				this.known = consumer;
			}
		}

		@Override
		public ConsumerRecords<byte[], byte[]> intercept(ConsumerRecords<byte[], byte[]> records,
				Consumer<byte[], byte[]> consumer) {
			return records;
		}

	}

}
