package io.rollcall.notifier.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the end of the alerts topic, without a group and without committing: an alert
 * that any instance filed wakes the streams that are open at this one. Alerts are filed
 * before they are published, and whenever the end is looked for anew all streams are
 * woken once its place is known; so no stream has to look by itself.
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

	private volatile CountDownLatch stopped = new CountDownLatch(0);

	private volatile @Nullable Consumer<?, ?> running;

	AlertTail(KafkaSettings settings, InboxListeners listeners) {
		this.config = new HashMap<>(settings.properties());
		this.config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
		this.config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		this.config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
		this.config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		this.listeners = listeners;
	}

	private void follow(CountDownLatch end) {
		int failures = 0;
		while (end.getCount() > 0) {
			try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(this.config, new ByteArrayDeserializer(),
					new ByteArrayDeserializer())) {
				this.running = consumer;
				consumer.assign(PARTITIONS);
				consumer.seekToEnd(PARTITIONS);
				PARTITIONS.forEach(consumer::position);
				this.listeners.wakeAll();
				failures = 0;
				while (end.getCount() > 0) {
					consumer.poll(POLL).forEach(this::wake);
				}
			}
			catch (RuntimeException ex) {
				if (!pause(end, ++failures, ex)) {
					return;
				}
			}
		}
	}

	/** Says whether to go on. */
	private static boolean pause(CountDownLatch end, int failures, RuntimeException failure) {
		try {
			if (end.getCount() > 0) {
				log.warn("The end of {} cannot be read, trying again: {}", Topics.ALERTS, failure.toString());
			}
			Duration pause = PAUSES.after(failures, ThreadLocalRandom.current().nextDouble());
			return !end.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return false;
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
		CountDownLatch end = new CountDownLatch(1);
		this.stopped = end;
		Thread.ofPlatform().daemon().name("alert-tail").start(() -> follow(end));
	}

	@Override
	public void stop() {
		this.stopped.countDown();
		Consumer<?, ?> consumer = this.running;
		if (consumer != null) {
			consumer.wakeup();
		}
	}

	@Override
	public boolean isRunning() {
		return this.stopped.getCount() > 0;
	}

}
