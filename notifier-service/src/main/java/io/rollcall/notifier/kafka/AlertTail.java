package io.rollcall.notifier.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Topics;
import io.rollcall.notifier.flow.InboxListeners;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.Backoff;
import io.rollcall.support.kafka.KafkaSettings;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the end of the alerts topic, without a group and without committing: an alert that
 * any instance filed wakes the streams that are open at this one. Alerts are filed before
 * they are published, and whenever the end is looked for anew all streams are woken once
 * its place is known; so no stream has to look by itself.
 */
@Component
public class AlertTail implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(AlertTail.class);

	private static final List<TopicPartition> PARTITIONS = IntStream.range(0, Topics.PARTITIONS)
		.mapToObj((partition) -> new TopicPartition(Topics.ALERTS, partition))
		.toList();

	private static final Duration POLL = Duration.ofSeconds(5);

	private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

	private final Map<String, Object> config;

	private final InboxListeners listeners;

	private volatile @Nullable Thread thread;

	AlertTail(KafkaSettings settings, InboxListeners listeners) {
		this.config = new HashMap<>(settings.properties());
		this.config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
		this.config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		this.config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
		this.config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		this.listeners = listeners;
	}

	private void follow() {
		for (int failures = 1; isRunning(); failures++) {
			try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(this.config, new ByteArrayDeserializer(),
					new ByteArrayDeserializer())) {
				consumer.assign(PARTITIONS);
				consumer.seekToEnd(PARTITIONS);
				PARTITIONS.forEach(consumer::position);
				this.listeners.wakeAll();
				failures = 0;
				while (isRunning()) {
					consumer.poll(POLL).forEach(this::wake);
				}
			}
			catch (InterruptException ex) {
				return;
			}
			catch (RuntimeException ex) {
				log.warn("The end of {} cannot be read, trying again: {}", Topics.ALERTS, ex.toString());
				try {
					Thread.sleep(PAUSES.after(failures + 1, ThreadLocalRandom.current().nextDouble()));
				}
				catch (InterruptedException interrupted) {
					return;
				}
			}
		}
	}

	/** The key says it all: {@code organization:recipient}. */
	private void wake(ConsumerRecord<byte[], byte[]> record) {
		String[] key = new String(record.key(), StandardCharsets.UTF_8).split(":", 2);
		if (key.length == 2) {
			this.listeners.wake(new InboxId(new OrganizationId(key[0]), key[1]));
		}
	}

	@Override
	public void start() {
		this.thread = Thread.ofPlatform().daemon().name("alert-tail").start(this::follow);
	}

	@Override
	public void stop() {
		Thread running = Objects.requireNonNull(this.thread);
		this.thread = null;
		running.interrupt();
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

}
