package io.rollcall.support.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.rollcall.embedded.EmbeddedKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A consumer whose poll fails again and again. */
class ContainerFailuresTests {

	@TempDir
	Path folder;

	private final List<Instant> polls = new CopyOnWriteArrayList<>();

	private final AtomicReference<Thread> thread = new AtomicReference<>();

	@Test
	void pausesLongerEachTimeAndStopsWhenItIsInterrupted() throws Exception {
		try (EmbeddedKafka kafka = EmbeddedKafka.startIn(this.folder)) {
			Map<String, Object> brokers = Map.of("bootstrap.servers", kafka.bootstrapServers());
			try (Admin admin = Admin.create(brokers);
					KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(brokers, new ByteArraySerializer(),
							new ByteArraySerializer())) {
				admin.createTopics(List.of(new NewTopic("unreadable", 1, (short) 1))).all().get();
				producer.send(new ProducerRecord<>("unreadable", new byte[] { 1 })).get();
			}
			KafkaMessageListenerContainer<byte[], byte[]> container = container(kafka.bootstrapServers());
			new ContainerFailures(new FailingPartitions(InstantSource.system())).passOver(container);
			container.start();
			try {
				await().atMost(Duration.ofSeconds(30)).until(() -> this.polls.size() >= 4);
				assertThat(Duration.between(this.polls.get(0), this.polls.get(3)))
					.isGreaterThan(Duration.ofMillis(200 + 400 + 700));
				this.thread.get().interrupt();
				await().atMost(Duration.ofSeconds(30)).until(() -> !container.isRunning());
			}
			finally {
				container.stop();
			}
		}
	}

	private KafkaMessageListenerContainer<byte[], byte[]> container(String brokers) {
		ContainerProperties properties = new ContainerProperties("unreadable");
		properties.setGroupId("reader");
		properties.setMessageListener((MessageListener<byte[], byte[]>) (record) -> {
		});
		return new KafkaMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(Map.of("bootstrap.servers", brokers, "auto.offset.reset", "earliest"),
						new ByteArrayDeserializer(), new ByteArrayDeserializer() {

							@Override
							public byte[] deserialize(String topic, byte[] data) {
								throw unreadable();
							}

							@Override
							public byte[] deserialize(String topic, org.apache.kafka.common.header.Headers headers,
									java.nio.ByteBuffer data) {
								throw unreadable();
							}

						}),
				properties);
	}

	private RuntimeException unreadable() {
		this.polls.add(Instant.now());
		this.thread.set(Thread.currentThread());
		return new IllegalStateException("nobody can read this");
	}

}
