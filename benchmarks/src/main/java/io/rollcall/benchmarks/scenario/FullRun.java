package io.rollcall.benchmarks.scenario;

import java.time.Duration;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** Follows a connection's next FULL run by its events. */
final class FullRun implements AutoCloseable {

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final String connection;

	private final long begun = System.nanoTime();

	private String progress = "nothing told yet";

	private double readAfter = Double.NaN;

	private double endedAfter = Double.NaN;

	private RunEvent.@Nullable RunEnded ended;

	/** From now on. */
	FullRun(Watch watch, String connection) {
		this.connection = connection;
		this.consumer = watch.consumer();
		this.consumer
			.assign(java.util.stream.Stream.of(Watch.partitions(Topics.RUNS), Watch.partitions(Topics.PROGRESS))
				.flatMap(java.util.List::stream)
				.toList());
		this.consumer.seekToEnd(this.consumer.assignment());
		this.consumer.assignment().forEach(this.consumer::position);
	}

	/** Until Graph has been read whole. */
	void awaitRead(Services services, Duration longest) {
		while (Double.isNaN(this.readAfter)) {
			look(services, longest);
		}
	}

	/** Until its end. */
	RunEvent.RunEnded awaitEnd(Services services, Duration longest) {
		RunEvent.RunEnded end = this.ended;
		while (end == null) {
			look(services, longest);
			end = this.ended;
		}
		return end;
	}

	/** Seconds until all was read. */
	double readAfter() {
		return this.readAfter;
	}

	/** Seconds until its end was told. */
	double endedAfter() {
		return this.endedAfter;
	}

	@Override
	public void close() {
		this.consumer.close();
	}

	private void look(Services services, Duration longest) {
		this.consumer.poll(Duration.ofMillis(100)).forEach(this::take);
		services.checkAlive();
		if (seconds() > longest.toSeconds()) {
			throw new IllegalStateException(
					"The run of %s did not end within %s: %s".formatted(this.connection, longest, this.progress));
		}
	}

	private void take(ConsumerRecord<byte[], byte[]> record) {
		if (!(Watch.reading(record) instanceof EventFormat.Reading.Known<Event> known)) {
			return;
		}
		switch (known.envelope().event()) {
			case RunEvent.RunEnded event when isOurs(event.connection().value()) && event.mode() == RunMode.FULL -> {
				this.ended = event;
				this.endedAfter = seconds();
				tell(event.outcome() + " " + event.read() + " " + event.applied().counts());
			}
			case RunEvent.RunProgressed event when isOurs(event.connection().value()) ->
				tell(event.read() + " " + event.applied().counts());
			case Progress.ReadingEnded event when isOurs(event.connection().value()) -> {
				this.readAfter = seconds();
				tell("all is read: " + event.read());
			}
			default -> {
			}
		}
	}

	private boolean isOurs(String other) {
		return other.equals(this.connection);
	}

	private void tell(String what) {
		this.progress = what;
		Report.progress("%4.0f s: %s".formatted(seconds(), what));
	}

	private double seconds() {
		return (System.nanoTime() - this.begun) / 1e9;
	}

}
