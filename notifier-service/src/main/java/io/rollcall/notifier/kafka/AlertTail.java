package io.rollcall.notifier.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.notifier.flow.Arrivals;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.kafka.ContainerFailures;
import io.rollcall.support.kafka.KafkaSettings;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.stereotype.Component;

/**
 * Reads the end of the alerts topic, without a group and without committing: an alert
 * that any instance filed wakes the streams that are open at this one. Nothing depends on
 * it but time.
 */
@Component
public class AlertTail implements SmartLifecycle {

	private final KafkaMessageListenerContainer<byte[], byte[]> container;

	AlertTail(KafkaSettings settings, ContainerFailures failures, Arrivals arrivals) {
		Map<String, Object> config = new HashMap<>(settings.properties());
		config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
		config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
		ContainerProperties properties = new ContainerProperties(IntStream.range(0, Topics.PARTITIONS)
			.mapToObj((partition) -> new TopicPartitionOffset(Topics.ALERTS, partition,
					TopicPartitionOffset.SeekPosition.END))
			.toArray(TopicPartitionOffset[]::new));
		properties.setMissingTopicsFatal(false);
		properties.setAckMode(ContainerProperties.AckMode.MANUAL);
		properties.setMessageListener((MessageListener<byte[], byte[]>) (record) -> announce(record, arrivals));
		this.container = new KafkaMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
				properties);
		this.container.setBeanName("alert-tail");
		failures.passOver(this.container);
	}

	private static void announce(ConsumerRecord<byte[], byte[]> record, Arrivals arrivals) {
		EventFormat.Reading reading = EventFormat.read((name) -> {
			Header header = record.headers().lastHeader(name);
			return (header != null) ? header.value() : null;
		}, record.value());
		if (reading instanceof EventFormat.Reading.Known known
				&& known.envelope().event() instanceof AlertRaised alert) {
			arrivals.announce(new InboxId(alert.organization(), alert.recipient()));
		}
	}

	@Override
	public void start() {
		this.container.start();
	}

	@Override
	public void stop() {
		this.container.stop();
	}

	@Override
	public boolean isRunning() {
		return this.container.isRunning();
	}

}
