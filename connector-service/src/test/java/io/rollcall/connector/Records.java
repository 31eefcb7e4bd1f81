package io.rollcall.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that the connector publishes, as it comes. */
final class Records implements AutoCloseable {

	/** A record and the partition that it was on. */
	record Published(int partition, Envelope<?> envelope) {

		<E> E event(Class<E> type) {
			return type.cast(this.envelope.event());
		}

	}

	private final List<Published> observations = new CopyOnWriteList();

	private final List<Published> runs = new CopyOnWriteList();

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final Thread thread;

	/** Appending to a copy of 100,000 records would take for ever. */
	private static final class CopyOnWriteList extends java.util.AbstractList<Published> {

		private final java.util.ArrayList<Published> list = new java.util.ArrayList<>();

		@Override
		public synchronized boolean add(Published published) {
			return this.list.add(published);
		}

		@Override
		public synchronized Published get(int index) {
			return this.list.get(index);
		}

		@Override
		public synchronized int size() {
			return this.list.size();
		}

	}

	/** As long as this is not so, the reconciler seems to do nothing. */
	private volatile boolean reconciles;

	/** Reads what is published, in the place of the reconciler. */
	Records(String brokers, boolean reconciles) {
		this.reconciles = reconciles;
		Properties properties = new Properties();
		properties.putAll(Map.of("bootstrap.servers", brokers, "key.deserializer", ByteArrayDeserializer.class,
				"value.deserializer", ByteArrayDeserializer.class, "auto.offset.reset", "earliest", "group.id",
				"rollcall-reconciler", "enable.auto.commit", false));
		this.consumer = new KafkaConsumer<>(properties);
		this.consumer.assign(List.of(Topics.OBSERVATIONS, Topics.RUNS)
			.stream()
			.flatMap((topic) -> java.util.stream.IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(topic, partition)))
			.toList());
		this.thread = Thread.ofPlatform().daemon().start(this::read);
	}

	void reconciles(boolean now) {
		this.reconciles = now;
	}

	/** How many observations there are of all connections. */
	int observations() {
		return this.observations.size();
	}

	List<Published> observations(ConnectionId connection) {
		return snapshot(this.observations).stream()
			.filter((each) -> each.event(Observation.class).connection().equals(connection))
			.toList();
	}

	List<Observation.Reading> readings(ConnectionId connection) {
		return observations(connection).stream()
			.map((each) -> each.envelope().event())
			.filter(Observation.Reading.class::isInstance)
			.map(Observation.Reading.class::cast)
			.toList();
	}

	List<Published> markers(ConnectionId connection) {
		return observations(connection).stream()
			.filter((each) -> each.envelope().event() instanceof Observation.RunMarker)
			.toList();
	}

	<E extends RunEvent> List<E> runs(ConnectionId connection, Class<E> type) {
		return snapshot(this.runs).stream()
			.map((each) -> each.event(RunEvent.class))
			.filter((event) -> event.connection().equals(connection))
			.filter(type::isInstance)
			.map(type::cast)
			.toList();
	}

	boolean hasReading(ConnectionId connection, Predicate<Observation.Reading> predicate) {
		return readings(connection).stream().anyMatch(predicate);
	}

	private static List<Published> snapshot(List<Published> list) {
		int size = list.size();
		List<Published> copy = new java.util.ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			copy.add(list.get(i));
		}
		return copy;
	}

	private void read() {
		try {
			while (true) {
				for (ConsumerRecord<byte[], byte[]> record : this.consumer.poll(Duration.ofMillis(100))) {
					EventFormat.Reading reading = EventFormat.read((name) -> {
						Header header = record.headers().lastHeader(name);
						return (header != null) ? header.value() : null;
					}, record.value());
					Envelope<? extends Event> envelope = ((EventFormat.Reading.Known) reading).envelope();
					(record.topic().equals(Topics.RUNS) ? this.runs : this.observations)
						.add(new Published(record.partition(), envelope));
				}
				if (this.reconciles) {
					this.consumer.commitAsync();
				}
			}
		}
		catch (WakeupException ex) {
			this.consumer.close();
		}
	}

	@Override
	public void close() {
		this.consumer.wakeup();
	}

}
