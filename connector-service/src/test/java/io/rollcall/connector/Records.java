package io.rollcall.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.progress.Progress.ReadingEnded;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that the connector publishes, as it comes. */
final class Records implements AutoCloseable {

	/** A record, and where it was. */
	record Published(String topic, int partition, String id, Event event) {

		ConnectionId connection() {
			return switch (this.event) {
				case Observation observation -> observation.connection();
				case Progress progress -> progress.connection();
				case RunEvent run -> run.connection();
				default -> throw new IllegalStateException("not for here: " + this.event);
			};
		}

	}

	private final List<Published> all = new ArrayList<>();

	private final KafkaConsumer<byte[], byte[]> consumer;

	Records(String brokers) {
		Properties properties = new Properties();
		properties.putAll(Map.of("bootstrap.servers", brokers, "key.deserializer", ByteArrayDeserializer.class,
				"value.deserializer", ByteArrayDeserializer.class, "auto.offset.reset", "earliest"));
		this.consumer = new KafkaConsumer<>(properties);
		this.consumer.assign(Stream.of(Topics.OBSERVATIONS, Topics.SNAPSHOTS, Topics.RUNS, Topics.PROGRESS)
			.flatMap((topic) -> IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(topic, partition)))
			.toList());
		Thread.ofPlatform().daemon().start(this::read);
	}

	synchronized List<Published> all(ConnectionId connection) {
		return this.all.stream().filter((each) -> each.connection().equals(connection)).toList();
	}

	<E extends Event> List<E> events(ConnectionId connection, Class<E> type) {
		return all(connection).stream().map(Published::event).filter(type::isInstance).map(type::cast).toList();
	}

	List<CellsObserved> cells(ConnectionId connection) {
		return events(connection, CellsObserved.class);
	}

	List<RunMarker> markers(ConnectionId connection) {
		return events(connection, RunMarker.class);
	}

	boolean hasCell(ConnectionId connection, Predicate<Cell> predicate) {
		return cells(connection).stream().flatMap((record) -> record.cells().stream()).anyMatch(predicate);
	}

	/** The runs of a mode that have read all. */
	List<ReadingEnded> read(ConnectionId connection, RunMode mode) {
		return events(connection, ReadingEnded.class).stream()
			.filter((ended) -> ended.abandoned() == null && started(ended).mode() == mode)
			.toList();
	}

	/** The runs that were cut off. */
	List<ReadingEnded> abandoned(ConnectionId connection) {
		return events(connection, ReadingEnded.class).stream().filter((ended) -> ended.abandoned() != null).toList();
	}

	Progress.ReadingStarted started(ReadingEnded ended) {
		return events(ended.connection(), Progress.ReadingStarted.class).stream()
			.filter((started) -> started.run().equals(ended.run()))
			.findFirst()
			.orElseThrow();
	}

	private void read() {
		try {
			while (true) {
				for (ConsumerRecord<byte[], byte[]> record : this.consumer.poll(Duration.ofMillis(100))) {
					EventFormat.Reading<Event> reading = EventFormat.read(Event.class, (name) -> {
						Header header = record.headers().lastHeader(name);
						return (header != null) ? header.value() : null;
					}, record.value());
					if (!(reading instanceof EventFormat.Reading.Known(var envelope))) {
						throw new IllegalStateException("not an event: " + reading);
					}
					synchronized (this) {
						this.all
							.add(new Published(record.topic(), record.partition(), envelope.id(), envelope.event()));
					}
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
