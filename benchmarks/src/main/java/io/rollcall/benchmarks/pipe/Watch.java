package io.rollcall.benchmarks.pipe;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.rollcall.benchmarks.process.Child;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;

/** Looks at topics, and at what {@code mongod} counts. */
public final class Watch implements AutoCloseable {

	private static final List<String> TOPICS = List.of(Topics.HINTS, Topics.OBSERVATIONS, Topics.SNAPSHOTS,
			Topics.CHANGES, Topics.ACCOUNTS, Topics.TEAMS, Topics.RULES, Topics.PROGRESS, Topics.RUNS, Topics.ALERTS);

	private final String brokers;

	private final Admin admin;

	private final MongoClient mongo;

	public Watch(Furniture furniture) {
		this.brokers = furniture.brokers();
		this.admin = Admin.create(Map.of("bootstrap.servers", this.brokers));
		this.mongo = MongoClients.create(furniture.mongoUri());
	}

	static void awaitBroker(Child broker, String brokers) {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers, "default.api.timeout.ms", "60000"))) {
			admin.describeCluster().nodes().get();
		}
		catch (ExecutionException ex) {
			broker.checkAlive();
			throw new IllegalStateException("the broker does not answer: " + ex.getCause(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** How many records a group has not committed yet. */
	private long lag(String group, String topic) {
		try {
			Map<TopicPartition, Long> ends = ends(topic);
			Map<TopicPartition, Long> done = new HashMap<>();
			this.admin.listConsumerGroupOffsets(group)
				.partitionsToOffsetAndMetadata()
				.get()
				.forEach((partition, offset) -> {
					if (offset != null) {
						done.put(partition, offset.offset());
					}
				});
			return ends.entrySet()
				.stream()
				.mapToLong((end) -> end.getValue() - done.getOrDefault(end.getKey(), 0L))
				.sum();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the lag of " + group + " cannot be read: " + ex.getCause(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/** Where a topic ends now. */
	public Map<TopicPartition, Long> ends(String topic) {
		try {
			return this.admin
				.listOffsets(partitions(topic).stream()
					.collect(Collectors.toMap((partition) -> partition, (partition) -> OffsetSpec.latest())))
				.all()
				.get()
				.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (end) -> end.getValue().offset()));
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(topic + " cannot be looked at: " + ex.getCause(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/** Returns when a group has committed all of a topic. */
	public void awaitDone(String group, String topic, Services services) {
		while (lag(group, topic) > 0) {
			services.checkAlive();
			Http.pause(100);
		}
	}

	/** Reads a topic from some offsets to where it ends now. */
	public void read(String topic, Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
		Map<TopicPartition, Long> ends = ends(topic);
		try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
			consumer.assign(ends.keySet());
			ends.keySet().forEach((partition) -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
			Set<TopicPartition> open = new HashSet<>(ends.keySet());
			while (!open.isEmpty()) {
				consumer.poll(Duration.ofMillis(500)).forEach(reader);
				open.removeIf((partition) -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
			}
		}
	}

	/** A consumer without a group, of committed records. */
	public KafkaConsumer<byte[], byte[]> consumer() {
		return new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.brokers, ConsumerConfig.ISOLATION_LEVEL_CONFIG,
						"read_committed", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000"),
				new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

	public static EventFormat.Reading<Event> reading(ConsumerRecord<byte[], byte[]> record) {
		return EventFormat.read(Event.class, (name) -> {
			Header header = record.headers().lastHeader(name);
			return (header != null) ? header.value() : null;
		}, record.value());
	}

	public static List<TopicPartition> partitions(String topic) {
		return IntStream.range(0, Topics.PARTITIONS).mapToObj((n) -> new TopicPartition(topic, n)).toList();
	}

	/** How many records each topic ever got. */
	public Map<String, Long> records() {
		Map<String, Long> records = new HashMap<>();
		for (String topic : TOPICS) {
			records.put(topic, ends(topic).values().stream().mapToLong(Long::longValue).sum());
		}
		return records;
	}

	/** Documents written and read, and commands, since {@code mongod} was started. */
	public Map<String, Long> mongoCounters() {
		Document status = this.mongo.getDatabase("admin").runCommand(new Document("serverStatus", 1));
		Map<String, Long> counters = new HashMap<>();
		Document metrics = status.get("metrics", Document.class).get("document", Document.class);
		for (String name : List.of("inserted", "updated", "deleted", "returned")) {
			counters.put(name, metrics.get(name, Number.class).longValue());
		}
		Document operations = status.get("opcounters", Document.class);
		for (String name : List.of("insert", "update", "delete", "query", "getmore", "command")) {
			counters.put("op " + name, operations.get(name, Number.class).longValue());
		}
		return counters;
	}

	/** How many documents there are in each dead-letter collection of the services. */
	public long deadLetters() {
		long letters = 0;
		for (String database : List.of("rollcall-connector", "rollcall-reconciler", "rollcall-notifier")) {
			letters += this.mongo.getDatabase(database).getCollection("deadLetters").countDocuments();
		}
		return letters;
	}

	@Override
	public void close() {
		this.mongo.close();
		this.admin.close(Duration.ofSeconds(5));
	}

}
