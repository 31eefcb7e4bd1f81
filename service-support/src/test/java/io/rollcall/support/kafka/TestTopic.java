package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.rollcall.test.RealServices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A topic of a test's own on the shared broker, and what can be done to it. */
public final class TestTopic implements AutoCloseable {

	static {
		// The machine may be busy.
		Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
		Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
	}

	private final String name = "test." + UUID.randomUUID();

	private final Admin admin = Admin.create(brokers());

	private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(brokers(), new ByteArraySerializer(),
			new ByteArraySerializer());

	public TestTopic(int partitions) {
		create(this.name, partitions);
	}

	public static KafkaSettings settings() {
		return settings(Map.of());
	}

	static KafkaSettings settings(Map<String, String> properties) {
		return new KafkaSettings(RealServices.kafkaBrokers(), (short) 1, properties, Duration.ofSeconds(10));
	}

	/** Another topic beside it. */
	public void create(String topic, int partitions) {
		join(this.admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
			.all()
			.toCompletionStage()
			.toCompletableFuture());
	}

	public String name() {
		return this.name;
	}

	/** A group of the test's own. */
	public String group() {
		return "group-of-" + this.name;
	}

	public TopicPartition partition(int partition) {
		return new TopicPartition(this.name, partition);
	}

	public void send(int partition, String... values) {
		sendTo(this.name, partition, values);
	}

	/** In one go, so that they come as one batch. */
	public void sendTo(String topic, int partition, String... values) {
		List<Future<?>> sent = new ArrayList<>();
		for (String value : values) {
			sent.add(this.producer
				.send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8))));
		}
		this.producer.flush();
		sent.forEach(TestTopic::join);
	}

	/** As retention does it. */
	public void deleteBefore(int partition, long offset) {
		join(this.admin.deleteRecords(Map.of(partition(partition), RecordsToDelete.beforeOffset(offset)))
			.all()
			.toCompletionStage()
			.toCompletableFuture());
	}

	/** Where a group has committed; -1 where it has not. */
	public long committed(String group, int partition) {
		OffsetAndMetadata offset = join(this.admin.listConsumerGroupOffsets(group)
			.partitionsToOffsetAndMetadata()
			.toCompletionStage()
			.toCompletableFuture()).get(partition(partition));
		return (offset != null) ? offset.offset() : -1;
	}

	/** As a group that had read another topic of this name. */
	public void commit(String group, int partition, long offset) {
		join(this.admin.alterConsumerGroupOffsets(group, Map.of(partition(partition), new OffsetAndMetadata(offset)))
			.all()
			.toCompletionStage()
			.toCompletableFuture());
	}

	/** As the broker does with commits that nobody has renewed for a week. */
	public void forget(String group) {
		join(this.admin.deleteConsumerGroups(List.of(group)).all().toCompletionStage().toCompletableFuture());
	}

	@Override
	public void close() {
		this.producer.close();
		this.admin.close();
	}

	private static Map<String, Object> brokers() {
		return Map.of("bootstrap.servers", RealServices.kafkaBrokers());
	}

	private static <T> T join(Future<T> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

}
